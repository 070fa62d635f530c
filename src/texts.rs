//! All words of the interface, in one keyed table. Components name a key; none holds a sentence.
//!
//! A text may have places for values: `{n}` for a number, `{name}` for a name, `{why}` for a reason.

/// The key of one text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs, reason = "the text beside each key in `text` says what it is")]
pub enum Key {
    SkipToContent,
    SkipToComments,
    Untitled,
    NoPosts,
    PostsOne,
    PostsMany,
    Navigation,
    Archive,
    Tags,
    FeedAtom,
    FeedJson,
    Follow,
    Sticky,
    Pager,
    NewerPosts,
    OlderPosts,
    PageOf,
    Contents,
    MinutesOne,
    MinutesMany,
    ReadOn,
    Newer,
    Older,
    Related,
    AboutAuthor,
    By,
    CommentsNone,
    CommentsOne,
    CommentsMany,
    Order,
    OrderOldest,
    OrderNewest,
    OrderBest,
    OrderTop,
    OrderControversial,
    OrderReplies,
    OrderActive,
    OrderConversation,
    OrderLongest,
    OrderChanged,
    AuthorUnknown,
    PostAuthor,
    LevelRoot,
    LevelReply,
    To,
    ToMissing,
    CutCycle,
    Deleted,
    Edited,
    DateUnknown,
    RepliesOne,
    RepliesMany,
    ShowMore,
    ThreadClosed,
    LoadingPost,
    LoadingPosts,
    LoadingPage,
    LoadingComments,
    Retry,
    PostFailed,
    PostsFailed,
    CommentsFailed,
    CommentsKept,
    SkippedOne,
    SkippedMany,
    MendedOne,
    MendedMany,
    CutOff,
    PagesMissing,
    CommentGone,
    WhyOffline,
    WhyUnreachable,
    WhyPartMissing,
    WhyCutOff,
    WhyTimedOut,
    WhyNotFound,
    WhyStatus,
    WhyHtml,
    WhyEmpty,
    WhyNotJson,
    WhyWrongRoot,
    WhyRefused,
    PartFailed,
    NotFoundTitle,
    NotFound,
    BackHome,
    MoreComments,
    CommentRange,
    WholeConversation,
    Help,
    HelpTitle,
    HelpNext,
    HelpPrevious,
    HelpCollapse,
    HelpOrder,
    HelpHelp,
    HelpClose,
    HelpSwitch,
    Menu,
    MenuCopy,
    MenuMute,
    MenuUnmute,
    Muted,
    Unveil,
    MutedNow,
    UnmutedNow,
    Undo,
    LinkCopied,
    LinkToCopy,
    View,
    ViewThreaded,
    ViewFlat,
    ViewAuthor,
    ViewInferred,
    ViewChanged,
    CollapseAll,
    ExpandAll,
    AllCollapsed,
    AllExpanded,
    Find,
    NothingThere,
    New,
    NewOne,
    NewMany,
    NewSince,
    NextNew,
    PreviousNew,
    OnlyNew,
    Dismiss,
    ArrivedOne,
    ArrivedMany,
    HelpNextSibling,
    HelpPreviousSibling,
    HelpParent,
    HelpRoot,
    HelpNextNew,
    HelpPreviousNew,
    HelpCollapseAll,
    HelpFind,
    MenuFindAuthor,
    LevelShort,
    Guess,
    GuessNames,
    GuessMention,
    GuessSays,
    GuessQuotes,
    GuessCorrection,
    LevelGuess,
}

/// The text of a key, in English, with its places still in it.
pub const fn text(key: Key) -> &'static str {
    match key {
        Key::SkipToContent => "Skip to the text",
        Key::SkipToComments => "Skip to the comments",
        Key::Untitled => "Untitled",
        Key::NoPosts => "No posts yet.",
        Key::PostsOne => "1 post",
        Key::PostsMany => "{n} posts",
        Key::Navigation => "Site",
        Key::Archive => "Archive",
        Key::Tags => "Tags",
        Key::FeedAtom => "Feed",
        Key::FeedJson => "JSON",
        Key::Follow => "Follow this conversation:",
        Key::Sticky => "Pinned",
        Key::Pager => "Pages",
        Key::NewerPosts => "Newer posts",
        Key::OlderPosts => "Older posts",
        Key::PageOf => "Page {n} of {to}",
        Key::Contents => "Contents",
        Key::MinutesOne => "1 minute to read",
        Key::MinutesMany => "{n} minutes to read",
        Key::ReadOn => "Read on",
        Key::Newer => "Newer",
        Key::Older => "Older",
        Key::Related => "On the same subject",
        Key::AboutAuthor => "About the author",
        Key::By => "by {name}",
        Key::CommentsNone => "No comments yet",
        Key::CommentsOne => "1 comment",
        Key::CommentsMany => "{n} comments",
        Key::Order => "Order",
        Key::OrderOldest => "Oldest first",
        Key::OrderNewest => "Newest first",
        Key::OrderBest => "Best first",
        Key::OrderTop => "Most votes first",
        Key::OrderControversial => "Most disputed first",
        Key::OrderReplies => "Most replies first",
        Key::OrderActive => "Recently active first",
        Key::OrderConversation => "What the author answered first",
        Key::OrderLongest => "Longest first",
        Key::OrderChanged => "Comments are now in this order: {name}",
        Key::AuthorUnknown => "Somebody",
        Key::PostAuthor => "Author",
        Key::LevelRoot => "Level {n}",
        Key::LevelReply => "Level {n}, reply to {name}",
        Key::To => "to {name}",
        Key::ToMissing => "to a comment that is not here",
        Key::CutCycle => "answers itself in a circle",
        Key::Deleted => "This comment was deleted. Its answers are still here.",
        Key::Edited => "edited",
        Key::DateUnknown => "unknown date",
        Key::RepliesOne => "1 reply",
        Key::RepliesMany => "{n} replies",
        Key::ShowMore => "Show more of this comment",
        Key::ThreadClosed => "This conversation is closed.",
        Key::LoadingPost => "Fetching the post …",
        Key::LoadingPosts => "Fetching the posts …",
        Key::LoadingPage => "Looking for this page …",
        Key::LoadingComments => "Fetching the comments …",
        Key::Retry => "Try again",
        Key::PostFailed => "This post could not be fetched: {why}",
        Key::PostsFailed => "The list of posts could not be fetched: {why}",
        Key::CommentsFailed => "The comments could not be fetched: {why}",
        Key::CommentsKept => {
            "Some comments could not be fetched: {why} Those that came with the page are all readable."
        }
        Key::SkippedOne => "One comment is damaged and was left out.",
        Key::SkippedMany => "{n} comments are damaged and were left out.",
        Key::MendedOne => "One comment had a damaged part (a date, a name or the like); its text is shown.",
        Key::MendedMany => "{n} comments had damaged parts (a date, a name or the like); their texts are shown.",
        Key::CutOff => "The file of comments ends too early; what came before its end is shown.",
        Key::PagesMissing => "Part of this conversation is missing: {why}",
        Key::CommentGone => "The comment you were looking for is not in this conversation.",
        Key::WhyOffline => "there is no connection right now.",
        Key::WhyUnreachable => "the server cannot be reached.",
        Key::WhyPartMissing => "a part of this page did not come through.",
        Key::WhyCutOff => "the file ends too early.",
        Key::WhyTimedOut => "the server stopped answering.",
        Key::WhyNotFound => "the server does not have it.",
        Key::WhyStatus => "the server answered with error {n}.",
        Key::WhyHtml => "the server sent a web page in place of the data.",
        Key::WhyEmpty => "the file is empty.",
        Key::WhyNotJson => "the file is damaged.",
        Key::WhyWrongRoot => "the file is not in Afterword's format.",
        Key::WhyRefused => "it lies on another server, from which nothing is fetched.",
        Key::PartFailed => "This part of the page could not be fetched. Nothing else is affected.",
        Key::NotFoundTitle => "Not here",
        Key::NotFound => "There is no page at this address.",
        Key::BackHome => "To all posts",
        Key::MoreComments => "More comments",
        Key::CommentRange => "Comments {n} to {to}",
        Key::WholeConversation => "The whole conversation",
        Key::Help => "Keys",
        Key::HelpTitle => "Keys for reading",
        Key::HelpNext => "Next comment",
        Key::HelpPrevious => "Previous comment",
        Key::HelpCollapse => "Hide or show the replies to this comment",
        Key::HelpOrder => "Newest first, or oldest first",
        Key::HelpHelp => "Show these keys",
        Key::HelpClose => "Close",
        Key::HelpSwitch => "Use these keys on this site",
        Key::Menu => "More about this comment",
        Key::MenuCopy => "Copy link",
        Key::MenuMute => "Mute {name}",
        Key::MenuUnmute => "Unmute {name}",
        Key::Muted => "You muted {name}.",
        Key::Unveil => "Show",
        Key::MutedNow => "{name} is muted, in this browser only.",
        Key::UnmutedNow => "{name} is not muted any more.",
        Key::Undo => "Undo",
        Key::LinkCopied => "Link copied",
        Key::LinkToCopy => "Copy this link:",
        Key::View => "Layout",
        Key::ViewThreaded => "Replies below",
        Key::ViewFlat => "One list",
        Key::ViewAuthor => "The author’s answers",
        Key::ViewInferred => "Replies guessed by name",
        Key::ViewChanged => "Comments are now shown like this: {name}",
        Key::CollapseAll => "Collapse all",
        Key::ExpandAll => "Expand all",
        Key::AllCollapsed => "All replies are hidden.",
        Key::AllExpanded => "All replies are shown.",
        Key::Find => "Find",
        Key::NothingThere => "There is nothing further in that direction.",
        Key::New => "new",
        Key::NewOne => "1 new",
        Key::NewMany => "{n} new",
        Key::NewSince => "New since your last visit",
        Key::NextNew => "Next",
        Key::PreviousNew => "Previous",
        Key::OnlyNew => "Only new",
        Key::Dismiss => "Close",
        Key::ArrivedOne => "Show 1 comment that has just come in",
        Key::ArrivedMany => "Show {n} comments that have just come in",
        Key::HelpNextSibling => "Next comment on the same level",
        Key::HelpPreviousSibling => "Previous comment on the same level",
        Key::HelpParent => "The comment that this one answers",
        Key::HelpRoot => "The beginning of this part of the conversation",
        Key::HelpNextNew => "Next new comment",
        Key::HelpPreviousNew => "Previous new comment",
        Key::HelpCollapseAll => "Hide or show all replies",
        Key::HelpFind => "Find something in the conversation",
        Key::MenuFindAuthor => "All by {name}",
        Key::Guess => "guessed: {name}, {why}",
        Key::GuessNames => "as it speaks to “{name}”",
        Key::GuessMention => "as it mentions “@{name}”",
        Key::GuessSays => "as it takes up what “{name}” said",
        Key::GuessQuotes => "as it quotes “{name}”",
        Key::GuessCorrection => "as it corrects the comment before",
        Key::LevelGuess => "Level {n}, guessed reply to {name}",
        Key::LevelShort => "level {n}",
    }
}

/// A text with a value in the place of that name. Values are not looked into: a name with `{n}` in it stays as it is.
pub fn filled(text: &str, place: &str, value: &str) -> String {
    let mut out = String::with_capacity(text.len() + value.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else { break };
        if name == place {
            out.push_str(value);
        } else {
            out.push('{');
            out.push_str(name);
            out.push('}');
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// The text of a key with a number in its place.
pub fn with_number(key: Key, n: u32) -> String {
    filled(text(key), "n", &n.to_string())
}

/// The text of a key with a name or another text in its place.
pub fn with_name(key: Key, name: &str) -> String {
    filled(text(key), "name", name)
}

/// The text of a key with a reason in its place.
pub fn with_reason(key: Key, why: &str) -> String {
    filled(text(key), "why", why)
}

/// One of two texts, by number; the number goes into its place.
pub fn counted(one: Key, many: Key, n: u32) -> String {
    with_number(if n == 1 { one } else { many }, n)
}

/// The title of a post's window: the post, then the blog.
pub fn page_title(post: &str, site: &str) -> String {
    let post = if post.trim().is_empty() { text(Key::Untitled) } else { post };
    if site.trim().is_empty() { post.to_owned() } else { format!("{post} · {site}") }
}

/// The title of a list's window: the list, then the blog; for the home list, the blog.
pub fn page_title_or_site(list: &str, site: &str) -> String {
    if list.is_empty() { site.to_owned() } else { page_title(list, site) }
}

/// "No comments yet", "1 comment", "300 comments".
pub fn comment_count(n: u32) -> String {
    if n == 0 { text(Key::CommentsNone).to_owned() } else { counted(Key::CommentsOne, Key::CommentsMany, n) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_go_into_their_places() {
        assert_eq!(with_number(Key::RepliesMany, 12), "12 replies");
        assert_eq!(filled("Level {n}, reply to {name}", "name", "{n}"), "Level {n}, reply to {n}");
        assert_eq!(filled("no place", "n", "1"), "no place");
        assert_eq!(comment_count(0), "No comments yet");
        assert_eq!(comment_count(1), "1 comment");
    }
}
