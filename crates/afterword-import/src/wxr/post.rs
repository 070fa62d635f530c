//! From an item of an export to a post or page, or to a reason for leaving it out.

use super::comment::{Conversation, build_comments};
use super::element::{Field, Fields, Taxonomy};
use super::reader::{Item, Writer};
use super::survey::Survey;
use super::texts::Texts;
use super::{ImportedPost, author, public_name};
use crate::blocks::{self, Surroundings};
use crate::date;
use crate::report::{LeftOut, OddKind, Place, Report};
use crate::slug::SlugOrigin;
use crate::text;
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::PostPath;
use afterword_core::model::{Post, PostKind, PostLinks, ThreadInfo, ThreadState};
use afterword_core::time::Timestamp;
use std::borrow::Cow;
use std::collections::HashMap;

/// Longest summary made of a text's beginning, in characters: a list of posts shows a paragraph of each.
const TEASER_CHARS_MAX: usize = 600;

/// What is known around an item.
pub(super) struct Blog<'a> {
    pub(super) writers: &'a HashMap<String, Writer>,
    pub(super) survey: &'a Survey,
    /// How far the blog's clock was from UTC when the last post was written that says so.
    pub(super) offset: Option<i64>,
}

/// Builds a post of an item that [`kind_of`] takes over.
pub(super) fn build_post(
    item: &Item,
    (path, origin): (PostPath, SlugOrigin),
    blog: &Blog<'_>,
    report: &mut Report,
) -> ImportedPost {
    let fields = &item.fields;
    let title = text::plain_line(fields.get(Field::Title));
    let mut odd = Oddities::of(item, &title, origin);
    let (name, writer_id) = writer(fields, blog, &mut odd);
    let published = published(fields, blog.offset, &mut odd);
    let modified = date::parse_gmt(fields.get(Field::ModifiedGmt)).filter(|modified| Some(*modified) > published);
    let around = Surroundings {
        number: fields.get(Field::Id),
        footnotes: fields.get(Field::Footnotes),
        library: blog.survey.library(),
    };
    let shown = blocks::shown(fields.raw(Field::Content), &around);
    shown.shortcodes.iter().for_each(|name| odd.add(OddKind::Shortcode, &format!("[{name}]")));
    shown.dynamic_blocks.iter().for_each(|name| odd.add(OddKind::DynamicBlock, name));
    let mut texts = Texts::new(blog.survey, &path);
    let body = texts.post(shown.html);
    let excerpt = text::plain_line(fields.get(Field::Excerpt));
    let summary = if excerpt.is_empty() { shown.teaser.map(|teaser| clipped(&teaser)) } else { Some(excerpt) };
    texts.unknown().iter().for_each(|url| odd.add(OddKind::LinkUnknown, url));
    for (kind, detail) in odd.found {
        report.note(fields.line, || Place::Post(title.clone()), kind, &detail);
    }

    let conversation = Conversation {
        title: &title,
        writer_id,
        offset: date::offset(fields.get(Field::Date), fields.get(Field::DateGmt)).or(blog.offset),
    };
    let comments = build_comments(&item.comments, &conversation, &mut texts, report);
    let (links, pictures, media) = texts.finish();
    report.links += links;
    report.pictures += pictures;
    report.comments += comments.len() as u64;
    match path.kind {
        PostKind::Post => report.posts += 1,
        PostKind::Page => report.pages += 1,
    }
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let post = Post {
        id: some(fields.get(Field::Guid)).unwrap_or_else(|| path.to_string()),
        authors: if name.is_empty() { Vec::new() } else { vec![author(name, "")] },
        published,
        modified,
        summary,
        language: None,
        tags: tags(item),
        body: RawBody::Html(RawHtml::new(body)),
        thread: thread(fields, &comments),
        title,
        sticky: path.kind == PostKind::Post && fields.get(Field::Sticky) == "1",
        aliases: aliases(fields, &path, blog.survey),
        links: PostLinks::default(),
        kind: path.kind,
        slug: path.slug,
    };
    ImportedPost {
        post,
        comments,
        number: fields.get(Field::Id).to_owned(),
        link: some(fields.get(Field::Link)),
        identity: 0,
        line: fields.line,
        media,
    }
}

/// What was odd about one post.
#[derive(Default)]
struct Oddities {
    found: Vec<(OddKind, String)>,
}

impl Oddities {
    /// What can be told before anything is made of the item.
    fn of(item: &Item, title: &str, origin: SlugOrigin) -> Self {
        let mut odd = Self::default();
        odd.add_if(title.is_empty(), OddKind::TitleMissing);
        odd.add_if(item.cut_off, OddKind::PostCutOff);
        odd.add_if(item.unknown_references, OddKind::UnknownReference);
        odd.add_if(origin == SlugOrigin::Made, OddKind::SlugMade);
        odd.add_if(origin == SlugOrigin::Numbered, OddKind::SlugNumbered);
        odd.add_if(item.fields.get(Field::Content).is_empty(), OddKind::TextMissing);
        odd
    }

    fn add(&mut self, kind: OddKind, detail: &str) {
        self.found.push((kind, detail.to_owned()));
    }

    fn add_if(&mut self, is_so: bool, kind: OddKind) {
        if is_so {
            self.add(kind, "");
        }
    }
}

/// The name of the one who wrote a post, and their number among those who write.
fn writer<'a>(fields: &Fields, blog: &Blog<'a>, odd: &mut Oddities) -> (String, &'a str) {
    let login = fields.get(Field::Creator);
    let writer = blog.writers.get(login);
    odd.add_if(writer.is_none() && !login.is_empty() && !blog.writers.is_empty(), OddKind::AuthorUnknown);
    let shown_name = writer.map(|writer| writer.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(login);
    let (name, was_email) = public_name(shown_name);
    odd.add_if(was_email, OddKind::NameWasEmail);
    (name, writer.map_or("", |writer| writer.id.as_str()))
}

/// What an item is, or why it is not taken over. Only what everyone could read on the blog is.
pub(super) fn kind_of(item: &Item) -> Result<PostKind, LeftOut> {
    let known = [Field::ItemType, Field::Status, Field::Password].iter().all(|field| item.fields.has(*field));
    if item.cut_off && !known {
        return Err(LeftOut::CutOff);
    }
    let kind = match item.fields.get(Field::ItemType) {
        "post" => PostKind::Post,
        "page" => PostKind::Page,
        "attachment" => return Err(LeftOut::Attachment),
        _ => return Err(LeftOut::OtherItem),
    };
    match item.fields.get(Field::Status) {
        "publish" if item.fields.raw(Field::Password).is_empty() => Ok(kind),
        "publish" => Err(LeftOut::Password),
        "draft" | "auto-draft" => Err(LeftOut::Draft),
        "future" => Err(LeftOut::Scheduled),
        "pending" => Err(LeftOut::Pending),
        "private" => Err(LeftOut::Private),
        "trash" => Err(LeftOut::TrashedPost),
        _ => Err(LeftOut::OtherStatus),
    }
}

/// What an item is known by from one export to the next: WordPress never changes a `guid`.
pub(super) fn identity(fields: &Fields) -> Cow<'_, str> {
    let named = [Field::Guid, Field::Link].into_iter().map(|field| fields.get(field)).find(|name| !name.is_empty());
    named.map_or_else(|| Cow::Owned(format!("{} {}", fields.get(Field::Id), fields.get(Field::Slug))), Cow::Borrowed)
}

fn tags(item: &Item) -> Vec<String> {
    let mut tags: Vec<String> = Vec::new();
    for category in item.categories.iter().filter(|category| category.is_tag()) {
        if !tags.contains(&category.name) {
            tags.push(category.name.clone());
        }
    }
    // Categories first, as on the old blog; files that do not tell them apart keep their order.
    let is_tag = |name: &String| {
        item.categories.iter().find(|category| category.name == *name).and_then(|category| category.taxonomy)
            == Some(Taxonomy::Tag)
    };
    tags.sort_by_key(is_tag);
    tags
}

fn thread(fields: &Fields, comments: &[afterword_core::model::Comment]) -> ThreadInfo {
    ThreadInfo {
        comments_url: None,
        count: u32::try_from(comments.len()).unwrap_or(u32::MAX),
        updated: comments.iter().filter_map(|comment| comment.published).max(),
        state: match fields.get(Field::CommentStatus) {
            "closed" => ThreadState::Closed,
            _ => ThreadState::Open,
        },
        pages: Vec::new(),
    }
}

/// The old addresses of a post, from the root of the old host.
fn aliases(fields: &Fields, path: &PostPath, survey: &Survey) -> Vec<String> {
    let blog = survey.blog();
    let link = blog.on_host(fields.get(Field::Link)).and_then(|link| link.split('#').next()).unwrap_or_default();
    let mut aliases = vec![link.to_owned()];
    let slug = fields.get(Field::Slug);
    if let Some((stem, "")) = link.rsplit_once(slug).map(|(stem, rest)| (stem, rest.trim_matches('/')))
        && !slug.is_empty()
    {
        aliases.extend(fields.get(Field::OldSlug).lines().map(|old| format!("{stem}{}/", old.trim())));
    }
    let number = fields.number(Field::Id);
    if number != 0 {
        let key = match path.kind {
            PostKind::Post => "p",
            PostKind::Page => "page_id",
        };
        aliases.push(format!("{}/?{key}={number}", blog.base()));
    }
    let mut kept = Vec::new();
    for alias in aliases {
        if alias.starts_with('/') && alias != format!("/{path}") && alias != "/" && !kept.contains(&alias) {
            kept.push(alias);
        }
    }
    kept
}

fn published(fields: &Fields, offset: Option<i64>, odd: &mut Oddities) -> Option<Timestamp> {
    let gmt = date::parse_gmt(fields.get(Field::DateGmt));
    if gmt.is_some() {
        return gmt;
    }
    let local = || date::parse_local(fields.get(Field::Date), offset.unwrap_or(0));
    let derived = date::parse_rfc2822(fields.get(Field::PubDate)).or_else(local);
    odd.add(if derived.is_some() { OddKind::DateDerived } else { OddKind::DateUnknown }, "");
    derived
}

/// A text's beginning, ended between two words.
fn clipped(teaser: &str) -> String {
    match teaser.char_indices().nth(TEASER_CHARS_MAX) {
        Some((end, _)) => {
            let cut = &teaser[..end];
            // Scripts without spaces are cut between two letters.
            let cut = cut.rsplit_once(' ').map_or(cut, |(whole, _)| whole);
            format!("{}…", cut.trim_end_matches([',', ';', ':', '.', ' ']))
        }
        None => teaser.to_owned(),
    }
}
