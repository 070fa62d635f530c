//! What a row is made of, as data: the one description from which markup and elements are both made.

use crate::texts::{Key, text};

/// A place in a row that depends on the comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The row itself.
    Root,
    /// Initials on a colour.
    Avatar,
    /// The author's name as a link.
    AuthorLink,
    /// The name in that link, isolated from the direction of the text around it.
    AuthorLinkName,
    /// The author's name where there is no address.
    AuthorName,
    /// The mark of the post's author.
    PostAuthor,
    /// Depth and parent for assistive technology.
    Level,
    /// The depth to be seen, where the indent does not show it any more.
    Depth,
    /// Whom it answers, as a link to that comment.
    To,
    /// Whom it answers, where that comment is missing.
    ToMissing,
    /// The permalink around the time.
    Permalink,
    /// The time.
    Time,
    /// The permalink's text where the time is unknown.
    TimeUnknown,
    /// "edited".
    Edited,
    /// What stands in the place of a text whose author the reader has muted.
    Muted,
    /// The button in it that shows this one text.
    Unveil,
    /// The text.
    Body,
    /// What stands in the place of a deleted text.
    Gone,
    /// The button below a text that was cut.
    More,
    /// The button that votes for it, with how many did.
    Up,
    /// The button that votes against it, with how many did.
    Down,
    /// The button that begins an answer.
    Reply,
    /// The button that hides and shows the replies.
    Fold,
}

impl Slot {
    /// All places.
    pub const ALL: [Self; 23] = [
        Self::Root,
        Self::Avatar,
        Self::AuthorLink,
        Self::AuthorLinkName,
        Self::AuthorName,
        Self::PostAuthor,
        Self::Level,
        Self::Depth,
        Self::To,
        Self::ToMissing,
        Self::Permalink,
        Self::Time,
        Self::TimeUnknown,
        Self::Edited,
        Self::Muted,
        Self::Unveil,
        Self::Body,
        Self::Gone,
        Self::More,
        Self::Up,
        Self::Down,
        Self::Reply,
        Self::Fold,
    ];
}

/// One element of a row.
#[derive(Debug)]
pub struct Part {
    /// The element's name.
    pub tag: &'static str,
    /// Its classes; a slot may set others.
    pub class: &'static str,
    /// Attributes that never change.
    pub attrs: &'static [(&'static str, &'static str)],
    /// Present when the element depends on the comment.
    pub slot: Option<Slot>,
    /// The elements in it.
    pub children: &'static [Part],
}

const fn part(
    tag: &'static str,
    class: &'static str,
    slot: Option<Slot>,
    attrs: &'static [(&'static str, &'static str)],
    children: &'static [Part],
) -> Part {
    Part { tag, class, attrs, slot, children }
}

const HIDDEN: &[(&str, &str)] = &[("aria-hidden", "true")];
const BUTTON: &[(&str, &str)] = &[("type", "button")];
/// What every row has is no `button` but says that it is one: browsers look through all form controls of a page whenever
/// a key is typed in one of them, which with 10,000 comments took longer than all else about that key.
const PRESSED: &[(&str, &str)] = &[("role", "button"), ("tabindex", "0")];
const MENU_BUTTON: &[(&str, &str)] =
    &[("role", "button"), ("tabindex", "0"), ("aria-label", text(Key::Menu)), ("aria-haspopup", "menu")];

/// What stands in the place of a text whose author the reader has muted.
pub const MUTED: Part = part(
    "p",
    "comment-muted",
    Some(Slot::Muted),
    &[],
    &[part("button", "comment-unveil", Some(Slot::Unveil), BUTTON, &[])],
);

/// The line above the text: who, to whom, when.
pub const HEAD: Part = part(
    "header",
    "comment-head",
    None,
    &[],
    &[
        part("span", "", Some(Slot::Avatar), HIDDEN, &[]),
        part(
            "a",
            "comment-author",
            Some(Slot::AuthorLink),
            &[("rel", "ugc nofollow noopener")],
            &[part("bdi", "", Some(Slot::AuthorLinkName), &[], &[])],
        ),
        part("bdi", "comment-author", Some(Slot::AuthorName), &[], &[]),
        part("span", "comment-mark", Some(Slot::PostAuthor), &[], &[]),
        part("span", "for-ears", Some(Slot::Level), &[], &[]),
        part("span", "comment-level", Some(Slot::Depth), HIDDEN, &[]),
        part("a", "comment-to", Some(Slot::To), &[], &[]),
        part("span", "comment-to", Some(Slot::ToMissing), &[], &[]),
        part(
            "a",
            "comment-time",
            Some(Slot::Permalink),
            &[],
            &[part("time", "", Some(Slot::Time), &[], &[]), part("span", "", Some(Slot::TimeUnknown), &[], &[])],
        ),
        part("span", "comment-edited", Some(Slot::Edited), &[], &[]),
        part("span", "comment-menu needs-app", None, MENU_BUTTON, &[]),
    ],
);

/// The button that hides and shows the replies.
pub const FOLD: Part = part("span", "comment-fold needs-app", Some(Slot::Fold), PRESSED, &[]);

/// A row.
pub const ROW: Part = part(
    "article",
    "",
    Some(Slot::Root),
    &[],
    &[
        HEAD,
        MUTED,
        part("div", "comment-body text", Some(Slot::Body), &[("dir", "auto")], &[]),
        part("p", "comment-gone", Some(Slot::Gone), &[], &[]),
        part("button", "comment-more needs-app", Some(Slot::More), BUTTON, &[]),
        part("span", "comment-up needs-app", Some(Slot::Up), PRESSED, &[]),
        part("span", "comment-down needs-app", Some(Slot::Down), PRESSED, &[]),
        part("span", "comment-reply needs-app", Some(Slot::Reply), PRESSED, &[]),
        FOLD,
    ],
);
