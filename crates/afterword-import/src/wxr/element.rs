//! The elements of an export that are read. Everything else is passed over, e-mail and IP addresses among it: they have
//! no name here, so nothing can read them by mistake.

use quick_xml::name::{LocalName, ResolveResult};

/// An open element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Rss,
    Channel,
    /// `wp:author`: one who writes on the blog.
    Author,
    Item,
    Comment,
    /// `wp:postmeta`: a name and a value that WordPress or a plugin keeps with an item.
    Meta,
    /// `wp:category`, `wp:tag`: one that the blog has.
    Term(Taxonomy),
    Field(Field),
    Other,
}

/// What sorts posts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Taxonomy {
    Category,
    Tag,
}

/// An element whose text is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Title,
    Link,
    Description,
    Language,
    AuthorId,
    AuthorLogin,
    AuthorName,
    Guid,
    PubDate,
    Creator,
    Content,
    Excerpt,
    Category,
    Id,
    Date,
    DateGmt,
    ModifiedGmt,
    CommentStatus,
    Slug,
    Status,
    ItemType,
    Password,
    Approved,
    Parent,
    UserId,
    /// The place of a page among the others.
    MenuOrder,
    /// Whether a post stays at the top.
    Sticky,
    /// The file of an attachment.
    FileUrl,
    MetaKey,
    MetaValue,
    /// Meta data: what a picture shows.
    Alt,
    /// Meta data: the words of footnotes.
    Footnotes,
    /// Meta data: a former name of the post in addresses.
    OldSlug,
}

/// The meta data that is read. All else stays unread, whatever plugins keep there.
pub(super) fn meta_field(key: &str) -> Option<Field> {
    match key.trim() {
        "_wp_attachment_image_alt" => Some(Field::Alt),
        "footnotes" => Some(Field::Footnotes),
        "_wp_old_slug" => Some(Field::OldSlug),
        _ => None,
    }
}

/// The vocabulary that an element belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Vocabulary {
    Rss,
    Wordpress,
    Excerpt,
    Content,
    DublinCore,
    Other,
}

/// Tells the vocabulary by its address; the version is a part of WordPress's. A prefix that the file does not declare is
/// taken for what it usually stands for.
pub(super) fn vocabulary(resolved: &ResolveResult<'_>) -> Vocabulary {
    match resolved {
        ResolveResult::Unbound => Vocabulary::Rss,
        ResolveResult::Bound(namespace) => {
            let address = namespace.0;
            let wordpress = ["http://wordpress.org/export/", "https://wordpress.org/export/"]
                .iter()
                .any(|a| address.starts_with(a));
            if wordpress && address.ends_with("/excerpt/") {
                Vocabulary::Excerpt
            } else if wordpress {
                Vocabulary::Wordpress
            } else if address == "http://purl.org/rss/1.0/modules/content/" {
                Vocabulary::Content
            } else if address == "http://purl.org/dc/elements/1.1/" {
                Vocabulary::DublinCore
            } else {
                Vocabulary::Other
            }
        }
        ResolveResult::Unknown(prefix) => match prefix.as_str() {
            "wp" => Vocabulary::Wordpress,
            "excerpt" => Vocabulary::Excerpt,
            "content" => Vocabulary::Content,
            "dc" => Vocabulary::DublinCore,
            _ => Vocabulary::Other,
        },
    }
}

/// What an element is, by its name and the element around it.
pub(super) fn tag(parent: Option<Tag>, vocabulary: Vocabulary, name: LocalName<'_>) -> Tag {
    let name = name.into_inner();
    match (parent, vocabulary) {
        (None, Vocabulary::Rss) if name == "rss" => Tag::Rss,
        (Some(Tag::Rss), Vocabulary::Rss) if name == "channel" => Tag::Channel,
        (Some(Tag::Channel), Vocabulary::Rss) if name == "item" => Tag::Item,
        (Some(Tag::Channel), Vocabulary::Wordpress) if name == "author" => Tag::Author,
        (Some(Tag::Item), Vocabulary::Wordpress) if name == "comment" => Tag::Comment,
        (Some(Tag::Item), Vocabulary::Wordpress) if name == "postmeta" => Tag::Meta,
        (Some(Tag::Channel), Vocabulary::Wordpress) if name == "category" => Tag::Term(Taxonomy::Category),
        (Some(Tag::Channel), Vocabulary::Wordpress) if name == "tag" => Tag::Term(Taxonomy::Tag),
        (Some(parent), vocabulary) => field(parent, vocabulary, name).map_or(Tag::Other, Tag::Field),
        (None, _) => Tag::Other,
    }
}

fn field(parent: Tag, vocabulary: Vocabulary, name: &str) -> Option<Field> {
    Some(match (parent, vocabulary, name) {
        (Tag::Channel | Tag::Item, Vocabulary::Rss, "title") => Field::Title,
        (Tag::Channel | Tag::Item, Vocabulary::Rss, "link") => Field::Link,
        (Tag::Channel, Vocabulary::Rss, "description") => Field::Description,
        (Tag::Channel, Vocabulary::Rss, "language") => Field::Language,
        (Tag::Author, Vocabulary::Wordpress, "author_id") => Field::AuthorId,
        (Tag::Author, Vocabulary::Wordpress, "author_login") => Field::AuthorLogin,
        (Tag::Author, Vocabulary::Wordpress, "author_display_name") => Field::AuthorName,
        (Tag::Item, Vocabulary::Rss, "guid") => Field::Guid,
        (Tag::Item, Vocabulary::Rss, "pubDate") => Field::PubDate,
        (Tag::Item, Vocabulary::DublinCore, "creator") => Field::Creator,
        (Tag::Item, Vocabulary::Content, "encoded") => Field::Content,
        (Tag::Item, Vocabulary::Excerpt, "encoded") => Field::Excerpt,
        (Tag::Item, Vocabulary::Rss, "category") => Field::Category,
        (Tag::Item, Vocabulary::Wordpress, "post_id") => Field::Id,
        (Tag::Item, Vocabulary::Wordpress, "post_date") => Field::Date,
        (Tag::Item, Vocabulary::Wordpress, "post_date_gmt") => Field::DateGmt,
        (Tag::Item, Vocabulary::Wordpress, "post_modified_gmt") => Field::ModifiedGmt,
        (Tag::Item, Vocabulary::Wordpress, "comment_status") => Field::CommentStatus,
        (Tag::Item, Vocabulary::Wordpress, "post_name") => Field::Slug,
        (Tag::Item, Vocabulary::Wordpress, "status") => Field::Status,
        (Tag::Item, Vocabulary::Wordpress, "post_type") => Field::ItemType,
        (Tag::Item, Vocabulary::Wordpress, "post_password") => Field::Password,
        (Tag::Item, Vocabulary::Wordpress, "post_parent") => Field::Parent,
        (Tag::Item, Vocabulary::Wordpress, "menu_order") => Field::MenuOrder,
        (Tag::Item, Vocabulary::Wordpress, "is_sticky") => Field::Sticky,
        (Tag::Item, Vocabulary::Wordpress, "attachment_url") => Field::FileUrl,
        (Tag::Meta, Vocabulary::Wordpress, "meta_key") => Field::MetaKey,
        (Tag::Meta, Vocabulary::Wordpress, "meta_value") => Field::MetaValue,
        (Tag::Term(_), Vocabulary::Wordpress, "term_id") => Field::Id,
        (Tag::Term(_), Vocabulary::Wordpress, "category_nicename" | "tag_slug") => Field::Slug,
        (Tag::Term(_), Vocabulary::Wordpress, "category_parent") => Field::Parent,
        (Tag::Comment, Vocabulary::Wordpress, "comment_id") => Field::Id,
        (Tag::Comment, Vocabulary::Wordpress, "comment_author") => Field::AuthorName,
        (Tag::Comment, Vocabulary::Wordpress, "comment_author_url") => Field::Link,
        (Tag::Comment, Vocabulary::Wordpress, "comment_date") => Field::Date,
        (Tag::Comment, Vocabulary::Wordpress, "comment_date_gmt") => Field::DateGmt,
        (Tag::Comment, Vocabulary::Wordpress, "comment_content") => Field::Content,
        (Tag::Comment, Vocabulary::Wordpress, "comment_approved") => Field::Approved,
        (Tag::Comment, Vocabulary::Wordpress, "comment_type") => Field::ItemType,
        (Tag::Comment, Vocabulary::Wordpress, "comment_parent") => Field::Parent,
        (Tag::Comment, Vocabulary::Wordpress, "comment_user_id") => Field::UserId,
        _ => return None,
    })
}

/// The fields of one thing: the first of each name that is not empty.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// The line at which it begins.
    pub(super) line: u64,
    /// A list and no table: there are a dozen of them, and a hundred thousand comments may be waiting.
    texts: Vec<(Field, Box<str>)>,
}

impl Fields {
    pub(super) fn at(line: u64) -> Self {
        Self { line, texts: Vec::new() }
    }

    pub(super) fn put(&mut self, field: Field, text: &str) {
        match self.texts.iter_mut().find(|(known, _)| *known == field) {
            Some((_, kept)) if kept.is_empty() => *kept = text.into(),
            Some(_) => {}
            None => self.texts.push((field, text.into())),
        }
    }

    /// Puts a line behind what is there.
    pub(super) fn add_line(&mut self, field: Field, text: &str) {
        match self.texts.iter_mut().find(|(known, _)| *known == field) {
            Some((_, kept)) => *kept = format!("{kept}\n{text}").into(),
            None => self.texts.push((field, text.into())),
        }
    }

    /// Whether there was such an element, be it empty.
    pub(super) fn has(&self, field: Field) -> bool {
        self.texts.iter().any(|(known, _)| *known == field)
    }

    /// The text as it stands, empty when there is none.
    pub(super) fn raw(&self, field: Field) -> &str {
        self.texts.iter().find(|(known, _)| *known == field).map_or("", |(_, text)| text)
    }

    /// The text without white space around it.
    pub(super) fn get(&self, field: Field) -> &str {
        self.raw(field).trim()
    }

    /// The text as a number; 0 when it is none, as in WordPress.
    pub(super) fn number(&self, field: Field) -> u64 {
        self.get(field).parse().unwrap_or(0)
    }
}
