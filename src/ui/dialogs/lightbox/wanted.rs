//! Which pictures the lightbox needs: the shown one whole, those beside it as large as the stage.
//! Pure.

use crate::model::PictureRequest;
use crate::state::{Lightbox, PictureGroup, PictureItem, Previews};

/// A picture's place: its group, and which one of it.
type Place = (usize, usize);

/// The shown one, unless it is covered.
pub(super) fn whole(previews: &Previews, now: &Lightbox) -> Option<PictureRequest> {
    open_item(previews, (now.group, now.item)).map(PictureItem::whole)
}

/// Those beside it, the next one first.
pub(super) fn around(previews: &Previews, now: &Lightbox, pixels: u32) -> Vec<PictureRequest> {
    let [before, after] = beside(&previews.groups, (now.group, now.item));
    let places = [after, before].into_iter().flatten();
    places
        .filter_map(|place| open_item(previews, place))
        .map(|item| item.within(pixels))
        .collect()
}

/// The picture, unless it is covered: what nobody asked to see is not fetched either.
fn open_item(previews: &Previews, (group, item): Place) -> Option<&PictureItem> {
    let picture = previews.item(group, item)?;
    (!is_covered(previews, (group, item))).then_some(picture)
}

pub(super) fn is_covered(previews: &Previews, (group, item): Place) -> bool {
    let veiled = previews.group(group).is_some_and(PictureGroup::is_veiled);
    let picture = previews.item(group, item);
    veiled && picture.is_some_and(|picture| !previews.is_revealed(&picture.url))
}

/// The pictures before and after, over the ends of groups.
pub(super) fn beside(groups: &[PictureGroup], (group, item): Place) -> [Option<Place>; 2] {
    let len = |at: usize| groups.get(at).map_or(0, |group| group.items.len());
    let before = match item.checked_sub(1) {
        Some(item) => Some((group, item)),
        None => (0..group)
            .rev()
            .find(|at| len(*at) > 0)
            .map(|at| (at, len(at) - 1)),
    };
    let after = if item + 1 < len(group) {
        Some((group, item + 1))
    } else {
        (group + 1..groups.len())
            .find(|at| len(*at) > 0)
            .map(|at| (at, 0))
    };
    [before, after]
}

/// Which picture of how many it is, counted from 1 over all groups.
pub(super) fn position(groups: &[PictureGroup], (group, item): Place) -> (usize, usize) {
    let len = |group: &PictureGroup| group.items.len();
    let before: usize = groups.iter().take(group).map(len).sum();
    (before + item + 1, groups.iter().map(len).sum())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::NodeId;
    use crate::state::GroupKind;

    fn group(items: usize) -> PictureGroup {
        PictureGroup {
            kind: GroupKind::Cover,
            sub_task: None,
            task_kind: String::new(),
            definition: None,
            items: vec![PictureItem::default(); items],
            node: NodeId::default(),
        }
    }

    #[test]
    fn stepping_goes_over_the_ends_of_groups() {
        let groups = [group(2), group(0), group(3)];
        assert_eq!(beside(&groups, (0, 0)), [None, Some((0, 1))]);
        assert_eq!(beside(&groups, (0, 1)), [Some((0, 0)), Some((2, 0))]);
        assert_eq!(beside(&groups, (2, 0)), [Some((0, 1)), Some((2, 1))]);
        assert_eq!(beside(&groups, (2, 2)), [Some((2, 1)), None]);
    }

    #[test]
    fn pictures_are_counted_over_all_groups() {
        let groups = [group(2), group(0), group(3)];
        assert_eq!(position(&groups, (0, 0)), (1, 5));
        assert_eq!(position(&groups, (2, 1)), (4, 5));
    }
}
