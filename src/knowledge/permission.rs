//! What a key must be allowed to do, as a policy to paste into CAM.

/// Calls a viewer makes. ConfirmEvents is left out on purpose: it deletes events for everybody,
/// and a key that may not call it cannot.
const CALLS: [&str; 7] = [
    "DescribeEventConfig",
    "DescribeEventsState",
    "DescribeSubAppIds",
    "DescribeTasks",
    "DescribeTaskDetail",
    "DescribeMediaInfos",
    "PullEvents",
];

/// The least a key needs to look at tasks and to borrow events, as the text of a CAM policy.
/// `application`: the account's UIN and the SubAppId the key is for; without it, all of them.
pub fn viewer_policy(application: Option<(u64, u64)>) -> String {
    let actions: Vec<String> = CALLS
        .iter()
        .map(|call| format!("        \"name/vod:{call}\""))
        .collect();
    let resource = application.map_or_else(
        || "*".to_owned(),
        |(uin, sub_app_id)| format!("qcs::vod::uin/{uin}:subAppId/{sub_app_id}"),
    );
    format!(
        "{{\n  \"version\": \"2.0\",\n  \"statement\": [\n    {{\n      \"effect\": \"allow\",\n      \
         \"action\": [\n{}\n      ],\n      \"resource\": [\"{resource}\"]\n    }}\n  ]\n}}\n",
        actions.join(",\n")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_is_json_that_deletes_nothing() {
        let policy: serde_json::Value = serde_json::from_str(&viewer_policy(None)).unwrap();
        let statement = &policy["statement"][0];
        assert_eq!(policy["version"], "2.0");
        assert_eq!(statement["resource"][0], "*");
        assert_eq!(statement["action"][6], "name/vod:PullEvents");
        assert!(!viewer_policy(None).contains("ConfirmEvents"));
    }

    #[test]
    fn the_policy_can_be_for_one_application() {
        let policy = viewer_policy(Some((100_000_000_001, 1_500_000_001)));
        assert!(policy.contains("\"qcs::vod::uin/100000000001:subAppId/1500000001\""));
    }
}
