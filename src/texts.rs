//! All words of the interface, in one keyed table. Components name a key; none holds a sentence.
//!
//! A text may have places for values: `{n}` for a number, `{name}` for a name, `{why}` for a reason.

/// The key of one text. It brings its English text along, so that a part of the app holds the texts that it names, and no
/// others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key(&'static str);

macro_rules! texts {
    ($($key:ident: $text:literal,)*) => {
        #[allow(non_upper_case_globals, reason = "they read as the variants of an enum, which they would be but for their size")]
        impl Key {
            $(#[doc = $text] pub const $key: Self = Self($text);)*
        }
    };
}

mod composer;
mod drafts;
mod sending;

texts! {
    SkipToContent: "Skip to the text",
    SkipToComments: "Skip to the comments",
    Untitled: "Untitled",
    NoPosts: "No posts yet.",
    PostsOne: "1 post",
    PostsMany: "{n} posts",
    Navigation: "Site",
    Archive: "Archive",
    Tags: "Tags",
    FeedAtom: "Feed",
    FeedJson: "JSON",
    Follow: "Follow this conversation:",
    Sticky: "Pinned",
    Pager: "Pages",
    NewerPosts: "Newer posts",
    OlderPosts: "Older posts",
    PageOf: "Page {n} of {to}",
    Contents: "Contents",
    MinutesOne: "1 minute to read",
    MinutesMany: "{n} minutes to read",
    ReadOn: "Read on",
    Newer: "Newer",
    Older: "Older",
    Related: "On the same subject",
    AboutAuthor: "About the author",
    By: "by {name}",
    CommentsNone: "No comments yet",
    CommentsOne: "1 comment",
    CommentsMany: "{n} comments",
    Order: "Order",
    OrderOldest: "Oldest first",
    OrderNewest: "Newest first",
    OrderBest: "Best first",
    OrderTop: "Most votes first",
    OrderControversial: "Most disputed first",
    OrderReplies: "Most replies first",
    OrderActive: "Recently active first",
    OrderConversation: "What the author answered first",
    OrderLongest: "Longest first",
    OrderChanged: "Comments are now in this order: {name}",
    AuthorUnknown: "Somebody",
    PostAuthor: "Author",
    LevelRoot: "Level {n}",
    LevelReply: "Level {n}, reply to {name}",
    To: "to {name}",
    ToMissing: "to a comment that is not here",
    CutCycle: "answers itself in a circle",
    Deleted: "This comment was deleted. Its answers are still here.",
    Edited: "edited",
    DateUnknown: "unknown date",
    RepliesOne: "1 reply",
    RepliesMany: "{n} replies",
    ShowMore: "Show more of this comment",
    ThreadClosed: "This conversation is closed.",
    LoadingPost: "Fetching the post …",
    LoadingPosts: "Fetching the posts …",
    LoadingPage: "Looking for this page …",
    LoadingComments: "Fetching the comments …",
    Retry: "Try again",
    PostFailed: "This post could not be fetched: {why}",
    PostsFailed: "The list of posts could not be fetched: {why}",
    CommentsFailed: "The comments could not be fetched: {why}",
    CommentsKept: "Some comments could not be fetched: {why} Those that came with the page are all readable.",
    SkippedOne: "One comment is damaged and was left out.",
    SkippedMany: "{n} comments are damaged and were left out.",
    MendedOne: "One comment had a damaged part (a date, a name or the like); its text is shown.",
    MendedMany: "{n} comments had damaged parts (a date, a name or the like); their texts are shown.",
    CutOff: "The file of comments ends too early; what came before its end is shown.",
    PagesMissing: "Part of this conversation is missing: {why}",
    ServerMissing: "The newer comments are missing: {why}",
    CommentGone: "The comment you were looking for is not in this conversation.",
    WhyOffline: "there is no connection right now.",
    WhyUnreachable: "the server cannot be reached.",
    WhyPartMissing: "a part of this page did not come through.",
    WhyCutOff: "the file ends too early.",
    WhyTimedOut: "the server stopped answering.",
    WhyNotFound: "the server does not have it.",
    WhyStatus: "the server answered with error {n}.",
    WhyHtml: "the server sent a web page in place of the data.",
    WhyEmpty: "the file is empty.",
    WhyNotJson: "the file is damaged.",
    WhyWrongRoot: "the file is not in Afterword's format.",
    WhyRefused: "it lies on another server, from which nothing is fetched.",
    PartFailed: "This part of the page could not be fetched. Nothing else is affected.",
    NotFoundTitle: "Not here",
    NotFound: "There is no page at this address.",
    BackHome: "To all posts",
    MoreComments: "More comments",
    CommentRange: "Comments {n} to {to}",
    WholeConversation: "The whole conversation",
    Help: "Keys",
    HelpTitle: "Keys for reading",
    HelpNext: "Next comment",
    HelpPrevious: "Previous comment",
    HelpCollapse: "Hide or show the replies to this comment",
    HelpOrder: "Newest first, or oldest first",
    HelpReply: "Answer this comment, or write one of your own",
    HelpQuote: "Quote what is selected",
    HelpHelp: "Show these keys",
    HelpClose: "Close",
    HelpSwitch: "Use these keys on this site",
    Menu: "More about this comment",
    MenuCopy: "Copy link",
    MenuMute: "Mute {name}",
    MenuUnmute: "Unmute {name}",
    Muted: "You muted {name}.",
    Unveil: "Show",
    MutedNow: "{name} is muted, in this browser only.",
    UnmutedNow: "{name} is not muted any more.",
    Undo: "Undo",
    LinkCopied: "Link copied",
    LinkToCopy: "Copy this link:",
    View: "Layout",
    ViewThreaded: "Replies below",
    ViewFlat: "One list",
    ViewAuthor: "The author’s answers",
    ViewInferred: "Replies guessed by name",
    ViewChanged: "Comments are now shown like this: {name}",
    CollapseAll: "Collapse all",
    ExpandAll: "Expand all",
    AllCollapsed: "All replies are hidden.",
    AllExpanded: "All replies are shown.",
    Find: "Find",
    NothingThere: "There is nothing further in that direction.",
    New: "new",
    NewOne: "1 new",
    NewMany: "{n} new",
    NewSince: "New since your last visit",
    NextNew: "Next",
    PreviousNew: "Previous",
    OnlyNew: "Only new",
    Dismiss: "Close",
    ArrivedOne: "Show 1 comment that has just come in",
    ArrivedMany: "Show {n} comments that have just come in",
    HelpNextSibling: "Next comment on the same level",
    HelpPreviousSibling: "Previous comment on the same level",
    HelpParent: "The comment that this one answers",
    HelpRoot: "The beginning of this part of the conversation",
    HelpNextNew: "Next new comment",
    HelpPreviousNew: "Previous new comment",
    HelpCollapseAll: "Hide or show all replies",
    HelpFind: "Find something in the conversation",
    MenuFindAuthor: "All by {name}",
    Guess: "guessed: {name}, {why}",
    GuessNames: "as it speaks to “{name}”",
    GuessMention: "as it mentions “@{name}”",
    GuessSays: "as it takes up what “{name}” said",
    GuessQuotes: "as it quotes “{name}”",
    GuessCorrection: "as it corrects the comment before",
    LevelGuess: "Level {n}, guessed reply to {name}",
    LevelShort: "level {n}",
    FindLabel: "Search these comments",
    FindClear: "Clear the search",
    FindHint: "Words, or a “phrase” in quotes.",
    FindNext: "Next match",
    FindPrevious: "Previous match",
    FindCount: "{n} of {to} comments",
    FindCountOfOne: "{n} of 1 comment",
    FindAt: "Match {n} of {to}",
    FindNone: "No comment matches.",
    FindWaiting: "Looking …",
    FindMissingValue: "{name}: something has to stand behind the colon.",
    FindTooLong: "This search is too long; from “{name}” on it does not count.",
    FindTooMany: "These are too many conditions; from “{name}” on they do not count.",
    FindWrongDate: "{name}: a date is written 2014, 2014-03 or 2014-03-31.",
    FindWrongHas: "{name}: behind has: there can be link.",
    FindWrongIs: "{name}: behind is: there can be new.",
    FindLastGood: "The search before it is still shown.",
    FindHelp: "How to search",
    FindHelpWords: "all of these words, in any order",
    FindHelpPhrase: "these words in a row",
    FindHelpAuthor: "what one person wrote",
    FindHelpAfter: "from this year, month or day on",
    FindHelpBefore: "before this year, month or day",
    FindHelpLink: "comments with a link",
    FindHelpNew: "new since your last visit",
    FindPerson: "What one person wrote",
    FindEverybody: "Show everybody",
    FindAnsweredBy: "Answered by",
    FindNotAnswered: "Nobody has answered.",
    FindAndMore: "and {n} more",
    FindSubjects: "Subjects",
    FindSubjectsWait: "Looking for subjects …",
    FindMore: "More",
    FindFewer: "Fewer",
    FindOverTime: "Comments over time",
    FindSpan: "{n} comments from {from} to {to}. The busiest time: {name}, with {most}.",
    FindUndatedOne: "One comment has no known date.",
    FindUndatedMany: "{n} comments have no known date.",
    FindTable: "The same as a table",
    FindPeriod: "When",
    FindAll: "Comments",
    FindRoots: "First comments",
    FindReplies: "Replies",
    FindByAuthor: "By the author",
    FindNewOnes: "New",
    FindBarNone: "{name}: no comments",
    FindBarOne: "{name}: 1 comment",
    FindBarMany: "{name}: {n} comments",
    FindBarNew: ", {n} of them new",
    FindWeekOf: "week of {name}",
}

/// The text of a key, in English, with its places still in it.
pub const fn text(key: Key) -> &'static str {
    key.0
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
