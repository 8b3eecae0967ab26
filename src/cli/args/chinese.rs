//! The help in Chinese: the same options, with other words. What is said of a command line that
//! cannot be meant stays as the parser says it.

use clap::builder::{PossibleValue, StyledStr};
use clap::{Arg, ArgAction, Command};

/// In place of the parser's own, whose headings are English.
const TEMPLATE: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";

const EXAMPLES: &str = "\
示例：
  vodscope events.json                        在窗口中打开一个文件
  vodscope list --verdict failed logs/        列出一个文件夹中失败的任务
  vodscope show TASK_ID events.json           解释一个任务
  zcat day.gz | vodscope stats --by code -    最常见的错误
  vodscope pull --source tasks --since 24h    从云端拉取最近一天的任务
  vodscope list --archive --since 7d          最近一周拉取和收到的内容

退出状态：0 全部读取或完成；1 只完成一部分；2 什么都没读到、用法有误或没有可用的密钥；3 云端拒绝";

const PULL: &str = "\
所有内容都先存入归档。查看任务不会改变任何东西。拉取队列会让最多 16 条事件在 30 秒内对消费者
不可见；加上 --confirm 则会从队列中删除，所有人都不再收到。

退出状态：0 完成；1 只完成一部分；2 用法有误、没有可用的密钥或无处写入；3 云端拒绝";

const ARCHIVE: &str = "\
归档是 VODSCOPE_ARCHIVE 指定的文件，否则是用户数据目录中的 archive.sqlite3。TIME 是从现在往前的
时长（90m、24h、7d），或一个时间，例如 2026-11-21、\"2026-11-21 14:40\"（本机时区）或
2026-11-21T06:40:00Z：指内容到达本机的时间。

退出状态：0 完成；1 有条目已损坏或中途停止；2 用法有误、没有归档或无处写入";

/// A command with all below it.
pub(super) fn in_chinese(mut command: Command) -> Command {
    // The commands and options that the parser adds by itself are there only then.
    command.build();
    translated(command)
}

fn translated(command: Command) -> Command {
    let name = command.get_name().to_owned();
    let about = about_of(&name);
    let command = match after_of(&name) {
        Some(after) => command.after_help(after),
        None => command,
    };
    let command = match about {
        Some(about) => command.about(about),
        None => command,
    };
    command
        .help_template(TEMPLATE)
        .subcommand_help_heading("命令")
        .mut_args(|arg| argument(arg, &name))
        .mut_subcommands(translated)
}

fn argument(arg: Arg, command: &str) -> Arg {
    let heading = if arg.is_positional() {
        "参数"
    } else {
        "选项"
    };
    let Some(help) = help_of(command, arg.get_id().as_str()) else {
        return arg.help_heading(heading);
    };
    let help = format!("{help}{}", values_of(&arg));
    arg.help(StyledStr::from(help))
        .help_heading(heading)
        .hide_default_value(true)
        .hide_possible_values(true)
}

/// What can be said, and what counts when nothing is.
fn values_of(arg: &Arg) -> String {
    if !matches!(arg.get_action(), ArgAction::Set | ArgAction::Append) {
        return String::new();
    }
    let default = arg.get_default_values().iter();
    let default: Vec<_> = default.map(|value| value.to_string_lossy()).collect();
    let is_told = !default.is_empty() && !arg.is_hide_default_value_set();
    let default = is_told.then(|| format!(" [默认：{}]", default.join("、")));
    let possible = arg.get_possible_values();
    let possible: Vec<&str> = possible.iter().map(PossibleValue::get_name).collect();
    let possible = (!possible.is_empty()).then(|| format!(" [可选：{}]", possible.join("、")));
    [default, possible].into_iter().flatten().collect()
}

fn about_of(command: &str) -> Option<&'static str> {
    Some(match command {
        "vodscope" => "打开腾讯云点播的任务事件，看清每个任务的结果",
        "list" => "每个任务打印一行",
        "show" => "完整打印一个任务",
        "stats" => "统计任务数量",
        "pull" => "从账号拉取任务或队列中的事件，先存入归档",
        "listen" => "接收回调，先存入归档",
        "replay" => "把文件中的事件发送给回调接收方",
        "archive" => "拉取和收到的内容：查看、导出、删除",
        "info" => "显示归档的位置和内容",
        "export" => {
            "按原样导出收到的内容，每条一行。跨行的 JSON 去掉记号之间的空白；其他跨行内容放入对象的 `received_text` 或 `received_base64` 中"
        }
        "delete" => "从本机删除一段时间内收到的内容，云端不受影响",
        "help" => "打印帮助",
        _ => return None,
    })
}

fn after_of(command: &str) -> Option<&'static str> {
    Some(match command {
        "vodscope" => EXAMPLES,
        "pull" => PULL,
        "archive" | "export" | "delete" => ARCHIVE,
        _ => return None,
    })
}

fn help_of(command: &str, argument: &str) -> Option<&'static str> {
    of_command(command, argument).or_else(|| of_any(argument))
}

/// Options that stand for something of their own in a command.
fn of_command(command: &str, argument: &str) -> Option<&'static str> {
    Some(match (command, argument) {
        ("list" | "stats" | "show", "since") => "只读归档中此后收到的内容：7d、24h、2026-11-21",
        ("list" | "stats", "format") => "输出格式",
        ("show" | "info", "format") => "给人看，或给程序读",
        ("show", "task_id") => "要打印的任务",
        ("pull", "task_id") => "只拉取这个任务；加上 --live 则一直观察到它结束",
        ("pull", "since") => "列出多久以来的任务，最多 72h：90m、24h、3d",
        ("replay", "task_id") => "只发送这个任务的事件",
        ("export" | "delete", "since") => "此后收到的内容",
        ("export", "out") => "写入的文件；`-` 表示标准输出",
        ("export", "kind") => "只导出这一类，可重复给出",
        _ => return None,
    })
}

fn of_any(argument: &str) -> Option<&'static str> {
    Some(match argument {
        "files" => "在窗口中打开的文件和文件夹；`-` 表示标准输入",
        "samples" => "打开内置的示例",
        "follow" => "文件增长时继续读取",
        "filter" => "在 ID 和名称中查找的词，或 `code:InternalError`、`-kind:Transcode` 这样的条件",
        "verdict" => "只保留这种结果的任务，可重复给出",
        "archive" => "读取归档：在本机拉取和收到的内容",
        "paths" => "要读取的文件和文件夹；`-` 表示标准输入",
        "by" => "统计的依据",
        "source" => "最近几天的任务及其详情，或队列中等待的事件",
        "profile" => "窗口中的账号，或在文件中保存密钥的工具的配置名",
        "endpoint" => "要访问的站点，代替账号中的设置",
        "sub_app_id" => "应用，代替账号中的设置",
        "resume" => "继续该账号中断或有遗漏的任务拉取",
        "file_id" => "只拉取这个文件：媒体信息和最近 72 小时的任务",
        "limit" => {
            "达到这么多任务或事件后停止；拉取队列时，在达到的那次拉取之后停止。与 --resume 一起使用时，只计入本次获取的任务"
        }
        "live" => {
            "持续拉取，直到按下 Ctrl-C、达到 --limit 或 --for；两者都没有时，直到 200 条事件或 5 分钟。拉取任务时观察 --task-id 指定的任务，直到它结束"
        }
        "time" => "--live 持续多久：90s、5m、2h",
        "confirm" => "事件在本机落盘后，从队列中删除，所有人都不再收到。必须同时写明应用的 ID",
        "out" => "按原样写出收到的内容，每条一行，代替打印列表；`-` 表示标准输出",
        "append" => "追加到已存在的文件",
        "addr" => "接收回调的地址",
        "expose" => "允许其他机器访问非本机回环的地址",
        "sign_key_env" => "保存 SignKey 的环境变量；没有时不校验签名",
        "to" => "发送到的地址：http:// 或 https://",
        "file" => "含有事件的文件或文件夹；`-` 表示标准输入",
        "until" => "此前收到的内容",
        "replace" => "新文件写完整后，替换已存在的文件",
        "all" => "全部内容：没有 --since 和 --until 时必须给出",
        "yes" => "确认删除。没有它只说明将会删除什么",
        "help" => "打印帮助",
        "version" => "打印版本",
        "subcommand" => "要说明的命令",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory as _;

    use super::*;
    use crate::cli::args::Args;

    fn is_chinese(text: &str) -> bool {
        text.contains(|c: char| ('\u{4e00}'..='\u{9fff}').contains(&c))
    }

    /// The command and those below it, but for the parser's own list of them.
    fn each(command: &Command, told: &mut impl FnMut(&Command)) {
        told(command);
        let below = command.get_subcommands();
        for command in below.filter(|command| command.get_name() != "help") {
            each(command, told);
        }
    }

    #[test]
    fn every_command_and_option_has_its_chinese_words() {
        let command = in_chinese(Args::command());
        let mut seen = 0;
        each(&command, &mut |command| {
            let name = command.get_name();
            let about = command.get_about().map(ToString::to_string);
            assert!(about.is_some_and(|about| is_chinese(&about)), "{name}");
            for arg in command.get_arguments() {
                let help = arg.get_help().map(ToString::to_string);
                let help = help.unwrap_or_default();
                assert!(is_chinese(&help), "{name} {}: {help}", arg.get_id());
                seen += 1;
            }
        });
        assert!(seen > 50, "{seen}");
    }

    #[test]
    fn what_the_help_says_below_the_options_is_chinese_wherever_it_is_said() {
        let english = Args::command();
        let chinese = in_chinese(Args::command());
        let after = |command: &Command| {
            let mut told = Vec::new();
            each(command, &mut |command| {
                let after = command.get_after_help().map(ToString::to_string);
                told.push((command.get_name().to_owned(), after));
            });
            told
        };
        for ((name, english), (_, chinese)) in after(&english).into_iter().zip(after(&chinese)) {
            assert_eq!(english.is_some(), chinese.is_some(), "{name}");
            assert!(chinese.is_none_or(|text| is_chinese(&text)), "{name}");
        }
    }

    #[test]
    fn the_same_command_line_is_understood_in_both_languages() {
        let line = ["vodscope", "pull", "--source", "queue", "--limit", "5"];
        for command in [Args::command(), in_chinese(Args::command())] {
            let matches = command.try_get_matches_from(line).unwrap();
            let (name, pull) = matches.subcommand().unwrap();
            assert_eq!((name, pull.get_one("limit")), ("pull", Some(&5_u64)));
        }
    }
}
