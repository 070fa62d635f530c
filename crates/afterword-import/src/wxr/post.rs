//! From an item of an export to a post, or to a reason for leaving it out.

use super::comment::{Conversation, build_comments};
use super::element::Field;
use super::{ImportedPost, Item, Writer, author, public_name};
use crate::blocks;
use crate::date;
use crate::report::{LeftOut, OddKind, Place, Report};
use crate::slug::{SlugOrigin, Slugs};
use crate::text;
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::model::{Post, ThreadInfo, ThreadState};
use afterword_core::time::Timestamp;
use std::collections::HashMap;

pub(super) fn build_post(
    item: Item,
    writers: &HashMap<String, Writer>,
    slugs: &mut Slugs,
    report: &mut Report,
) -> Option<ImportedPost> {
    if let Some(reason) = left_out(&item) {
        report.leave_out(reason, 1);
        report.leave_out(LeftOut::CommentOfLeftOut, item.comments.len() as u64);
        return None;
    }
    let fields = &item.fields;
    let title = text::plain_line(fields.get(Field::Title));
    let mut odd = Vec::new();
    if title.is_empty() {
        odd.push(OddKind::TitleMissing);
    }
    if item.cut_off {
        odd.push(OddKind::PostCutOff);
    }
    if item.unknown_references {
        odd.push(OddKind::UnknownReference);
    }
    let (slug, origin) = slugs.take(fields.get(Field::Slug), &title, fields.get(Field::Id));
    match origin {
        SlugOrigin::Kept => {}
        SlugOrigin::Made => odd.push(OddKind::SlugMade),
        SlugOrigin::Numbered => odd.push(OddKind::SlugNumbered),
    }
    let login = fields.get(Field::Creator);
    let writer = writers.get(login);
    if writer.is_none() && !writers.is_empty() {
        odd.push(OddKind::AuthorUnknown);
    }
    let shown_name = writer.map(|writer| writer.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(login);
    let (name, was_email) = public_name(shown_name);
    if was_email {
        odd.push(OddKind::NameWasEmail);
    }
    let published = published(&item, &mut odd);
    let modified = date::parse_gmt(fields.get(Field::ModifiedGmt)).filter(|modified| Some(*modified) > published);
    let kept = fields.raw(Field::Content);
    if kept.trim().is_empty() {
        odd.push(OddKind::TextMissing);
    }
    let shown = blocks::shown(kept);
    if shown.shortcode {
        odd.push(OddKind::Shortcode);
    }
    odd.extend((0..shown.dynamic_blocks).map(|_| OddKind::DynamicBlock));
    for kind in odd {
        report.note(fields.line, || Place::Post(title.clone()), kind);
    }

    let conversation = Conversation {
        title: &title,
        writer_id: writer.map_or("", |writer| writer.id.as_str()),
        offset: date::offset(fields.get(Field::Date), fields.get(Field::DateGmt)),
    };
    let comments = build_comments(&item.comments, &conversation, report);
    report.posts += 1;
    report.comments += comments.len() as u64;
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let post = Post {
        kind: afterword_core::model::PostKind::Post,
        sticky: false,
        aliases: Vec::new(),
        links: Default::default(),
        id: some(fields.get(Field::Guid)).unwrap_or_else(|| format!("posts/{slug}/")),
        slug,
        authors: if name.is_empty() { Vec::new() } else { vec![author(name, "")] },
        published,
        modified,
        summary: some(&text::plain_line(fields.get(Field::Excerpt))),
        language: None,
        tags: item.tags,
        body: RawBody::Html(RawHtml::new(shown.html)),
        thread: ThreadInfo {
            comments_url: None,
            count: u32::try_from(comments.len()).unwrap_or(u32::MAX),
            updated: comments.iter().filter_map(|comment| comment.published).max(),
            state: match fields.get(Field::CommentStatus) {
                "closed" => ThreadState::Closed,
                _ => ThreadState::Open,
            },
            pages: Vec::new(),
        },
        title,
    };
    Some(ImportedPost { post, comments, number: fields.get(Field::Id).to_owned(), link: some(fields.get(Field::Link)) })
}

/// Why this item is not taken over. Only what everyone could read on the blog is.
fn left_out(item: &Item) -> Option<LeftOut> {
    let known = [Field::ItemType, Field::Status, Field::Password].iter().all(|field| item.fields.has(*field));
    if item.cut_off && !known {
        return Some(LeftOut::CutOff);
    }
    match item.fields.get(Field::ItemType) {
        "post" => {}
        "page" => return Some(LeftOut::Page),
        "attachment" => return Some(LeftOut::Attachment),
        _ => return Some(LeftOut::OtherItem),
    }
    match item.fields.get(Field::Status) {
        "publish" if item.fields.raw(Field::Password).is_empty() => None,
        "publish" => Some(LeftOut::Password),
        "draft" | "auto-draft" => Some(LeftOut::Draft),
        "future" => Some(LeftOut::Scheduled),
        "pending" => Some(LeftOut::Pending),
        "private" => Some(LeftOut::Private),
        "trash" => Some(LeftOut::TrashedPost),
        _ => Some(LeftOut::OtherStatus),
    }
}

fn published(item: &Item, odd: &mut Vec<OddKind>) -> Option<Timestamp> {
    let gmt = date::parse_gmt(item.fields.get(Field::DateGmt));
    if gmt.is_some() {
        return gmt;
    }
    let derived = date::parse_rfc2822(item.fields.get(Field::PubDate));
    odd.push(if derived.is_some() { OddKind::DateDerived } else { OddKind::DateUnknown });
    derived
}
