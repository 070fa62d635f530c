//! WordPress eXtended RSS, versions 1.0 to 1.2: what "Tools, Export" writes.
//!
//! The file is read as a stream, and twice: [`Survey`] finds out what is in it and where everything will be, [`Wxr`] then
//! hands out posts one by one as they end. So memory depends on the longest post, and little on the file. The format has
//! no specification; this follows what `wp-admin/includes/export.php` of WordPress 3.0 to 6.5 writes. What is damaged or
//! odd goes into the [`Report`].

mod comment;
mod element;
mod error;
mod post;
mod reader;
mod survey;
mod texts;

pub use crate::media::MediaRef;
pub use error::{Damage, ImportError, NotAnExport};
pub use survey::{Before, Placed, Survey};

use crate::attributes::replace_addresses;
use crate::date;
use crate::report::{LeftOut, OddKind, Place, Report};
use crate::slug::Slugs;
use crate::text;
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::PostPath;
use afterword_core::model::{Author, Comment, Post, PostKind};
use element::{Field, Fields};
use post::{Blog, build_post, kind_of};
use reader::{Depth, Item, ItemReader};
use std::io::BufRead;

/// A post with its conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportedPost {
    /// The post. Its thread has a count, a date and a state, but no addresses yet.
    pub post: Post,
    /// Its approved comments, in the order of the file.
    pub comments: Vec<Comment>,
    /// Its number in WordPress, which old addresses (`?p=123`) use; empty when the file has none.
    pub number: String,
    /// Its old address, unchecked.
    pub link: Option<String>,
    /// What it is known by from one export to the next, as a hash; 0 when no survey was made.
    pub identity: u64,
    /// The line of the file, from 1, at which it begins.
    pub line: u64,
    /// Files of the old blog that its text shows or links to.
    pub media: Vec<MediaRef>,
}

impl ImportedPost {
    /// Lets the text use files that lie beside the post now: those for which `is_there` says so, by their names. Gives
    /// how many pictures of the text do.
    pub fn use_files(&mut self, survey: &Survey, is_there: impl Fn(&str) -> bool) -> u64 {
        let RawBody::Html(html) = &self.post.body else { return 0 };
        let mut pictures = 0;
        let replaced = replace_addresses(html.to_encode(), |address| {
            let url = survey.media_url(address.url)?;
            let file = self.media.iter().find(|file| file.url == url)?;
            is_there(&file.name).then(|| {
                pictures += u64::from(address.is_picture());
                survey::escape_path(&file.name)
            })
        });
        if let Some(html) = replaced {
            self.post.body = RawBody::Html(RawHtml::new(html));
        }
        pictures
    }
}

/// What the head of an export says about the blog.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// The blog's name.
    pub title: String,
    /// One line about it.
    pub description: Option<String>,
    /// Its old address, unchecked.
    pub link: Option<String>,
    /// Its language as a BCP 47 tag.
    pub language: Option<String>,
}

impl Head {
    fn new(channel: &Fields) -> Self {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Self {
            title: text::plain_line(channel.get(Field::Title)),
            description: some(text::plain_line(channel.get(Field::Description))),
            link: some(channel.get(Field::Link).to_owned()),
            language: some(channel.get(Field::Language).to_owned()),
        }
    }
}

/// Reads an export post by post. It is an iterator: a post, the next, and at most one error, which is the last item.
pub struct Wxr<'a, R: BufRead> {
    reader: ItemReader<R>,
    survey: &'a Survey,
    /// How many posts and pages have been handed out.
    count: usize,
    /// For posts that the survey does not know.
    slugs: Slugs,
    offset: Option<i64>,
    report: Report,
    ended: bool,
}

impl<'a, R: BufRead> Wxr<'a, R> {
    /// Reads from here what was surveyed. Buffer sizes do not matter; the reader is asked for 64 KiB at a time. With an
    /// empty survey posts come over, and their texts keep the old addresses.
    pub fn new(input: R, survey: &'a Survey) -> Self {
        Self {
            reader: ItemReader::new(input, Depth::Whole),
            survey,
            count: 0,
            slugs: Slugs::default(),
            offset: None,
            report: Report::default(),
            ended: false,
        }
    }

    /// The account so far; complete once the iterator has ended.
    pub fn report(&self) -> &Report {
        &self.report
    }

    /// The account, to add to it.
    pub fn report_mut(&mut self) -> &mut Report {
        &mut self.report
    }

    fn post(&mut self, item: &Item, kind: PostKind) -> ImportedPost {
        let fields = &item.fields;
        let placed = self.survey.posts().get(self.count);
        self.count += 1;
        let (path, origin) = match placed {
            Some(placed) => (placed.path.clone(), placed.origin),
            None => {
                let title = text::plain_line(fields.get(Field::Title));
                let (slug, origin) = self.slugs.take(fields.get(Field::Slug), &title, fields.get(Field::Id));
                (PostPath { kind, slug }, origin)
            }
        };
        self.offset = date::offset(fields.get(Field::Date), fields.get(Field::DateGmt)).or(self.offset);
        let blog = Blog { writers: self.reader.writers(), survey: self.survey, offset: self.offset };
        let imported = build_post(item, (path, origin), &blog, &mut self.report);
        ImportedPost { identity: placed.map_or(0, |placed| placed.identity), ..imported }
    }
}

impl<R: BufRead> Iterator for Wxr<'_, R> {
    type Item = Result<ImportedPost, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        while let Some(item) = self.reader.next_item() {
            let item = match item {
                Ok(item) => item,
                Err(error) => return Some(Err(error)),
            };
            match kind_of(&item) {
                Ok(kind) => return Some(Ok(self.post(&item, kind))),
                Err(reason) => {
                    self.report.leave_out(reason, 1);
                    self.report.leave_out(LeftOut::CommentOfLeftOut, item.comments.len() as u64);
                }
            }
        }
        if !std::mem::replace(&mut self.ended, true) && self.reader.mended() {
            self.report.note(1, || Place::File, OddKind::BytesMended, "");
        }
        None
    }
}

/// A name as shown, without an e-mail address: what stands before the `@` is kept. The second value tells whether it
/// was one.
fn public_name(html: &str) -> (String, bool) {
    let name = text::plain_line(html);
    match text::name_before_at(&name) {
        Some(local) => (local.to_owned(), true),
        None => (name, false),
    }
}

fn author(name: String, url: &str) -> Author {
    let url = text::decode_references(url.trim());
    let bare = url.is_empty() || matches!(url.as_str(), "http://" | "https://") || url.starts_with("mailto:");
    Author { name, url: (!bare).then_some(url) }
}
