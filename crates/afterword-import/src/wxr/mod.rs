//! WordPress eXtended RSS, versions 1.0 to 1.2: what "Tools, Export" writes.
//!
//! The file is read as a stream; posts are handed out one by one as they end, so that memory depends on the longest
//! post and not on the file. The format has no specification; this follows what `wp-admin/includes/export.php` of
//! WordPress 3.0 to 6.5 writes. What is damaged or odd goes into the [`Report`].

mod comment;
mod element;
mod error;
mod post;

pub use error::{Damage, ImportError, NotAnExport};

use crate::report::{OddKind, Place, Report};
use crate::slug::Slugs;
use crate::source::Source;
use crate::text;
use afterword_core::model::{Author, Comment, Post};
use element::{Field, Fields, Tag, Vocabulary};
use quick_xml::errors::{Error as XmlError, IllFormedError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::NsReader;
use std::collections::HashMap;
use std::io::BufRead;

/// Deepest nesting of elements: exports have six levels. It bounds what a file of start tags can make the reader keep.
const DEPTH_MAX: usize = 64;

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

/// One who writes on the blog.
#[derive(Clone, Debug)]
struct Writer {
    id: String,
    name: String,
}

/// An item that has ended or been cut off.
#[derive(Debug, Default)]
struct Item {
    fields: Fields,
    tags: Vec<String>,
    comments: Vec<Fields>,
    unknown_references: bool,
    cut_off: bool,
}

/// Reads an export post by post. It is an iterator: a post, the next, and at most one error, which is the last item.
pub struct Wxr<R: BufRead> {
    reader: NsReader<Source<R>>,
    buffer: Vec<u8>,
    open: Vec<Tag>,
    /// The text of the open field.
    text: String,
    /// How many elements of any kind are open inside the open field.
    field_depth: Option<usize>,
    domain: Domain,
    channel: Fields,
    author: Fields,
    item: Item,
    writers: HashMap<String, Writer>,
    slugs: Slugs,
    report: Report,
    wordpress_seen: bool,
    /// Why reading stopped, told after the last post.
    failed: Option<ImportError>,
    ended: bool,
}

/// What a `category` element stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Domain {
    /// A category or tag; WXR 1.0 repeats them without a domain.
    Tag,
    /// The category of everything that has none.
    Uncategorized,
    /// Something of a theme or plugin.
    Other,
}

enum Step {
    Went,
    ItemEnded,
    FileEnded,
}

impl<R: BufRead> Wxr<R> {
    /// Reads from here. Buffer sizes do not matter; the reader is asked for 64 KiB at a time.
    pub fn new(input: R) -> Self {
        let mut reader = NsReader::from_reader(Source::new(input));
        reader.config_mut().allow_dangling_amp = true;
        Self {
            reader,
            buffer: Vec::new(),
            open: Vec::new(),
            text: String::new(),
            field_depth: None,
            domain: Domain::Tag,
            channel: Fields::default(),
            author: Fields::default(),
            item: Item::default(),
            writers: HashMap::new(),
            slugs: Slugs::default(),
            report: Report::default(),
            wordpress_seen: false,
            failed: None,
            ended: false,
        }
    }

    /// What the head says; complete once the first post has been handed out.
    pub fn head(&self) -> Head {
        let some = |text: String| (!text.is_empty()).then_some(text);
        Head {
            title: text::plain_line(self.channel.get(Field::Title)),
            description: some(text::plain_line(self.channel.get(Field::Description))),
            link: some(self.channel.get(Field::Link).to_owned()),
            language: some(self.channel.get(Field::Language).to_owned()),
        }
    }

    /// The account so far; complete once the iterator has ended.
    pub fn report(&self) -> &Report {
        &self.report
    }

    fn step(&mut self) -> Result<Step, ImportError> {
        self.buffer.clear();
        self.reader.get_mut().begin_event();
        let line = self.reader.get_mut().line();
        // Moved out for the borrow checker, and moved back below: events borrow from it.
        let mut buffer = std::mem::take(&mut self.buffer);
        let step = self.event(&mut buffer, line);
        self.buffer = buffer;
        step
    }

    fn event(&mut self, buffer: &mut Vec<u8>, line: u64) -> Result<Step, ImportError> {
        let (resolved, event) = match self.reader.read_resolved_event_into(buffer) {
            Ok(found) => found,
            Err(error) => return Err(self.error(error)),
        };
        let vocabulary = element::vocabulary(&resolved);
        match event {
            Event::Start(start) => {
                if self.open.len() >= DEPTH_MAX {
                    return Err(self.damaged(Damage::TooDeep));
                }
                self.start(&start, vocabulary, line)?;
            }
            Event::Empty(start) => {
                self.start(&start, vocabulary, line)?;
                return Ok(self.end());
            }
            Event::End(_) => return Ok(self.end()),
            Event::Text(text) => {
                if self.open.is_empty() && !text.trim().is_empty() {
                    return Err(ImportError::NotAnExport(not_xml(&text)));
                }
                self.add_text(&text);
            }
            Event::CData(text) => self.add_text(&text),
            Event::GeneralRef(reference) => self.reference(&reference),
            Event::DocType(text)
                if self.open.is_empty() && text.trim_start().to_ascii_lowercase().starts_with("html") =>
            {
                return Err(ImportError::NotAnExport(NotAnExport::WebPage));
            }
            Event::DocType(_) => return Err(self.damaged(Damage::DocumentType)),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
            Event::Eof => return self.eof(),
        }
        Ok(Step::Went)
    }

    fn start(&mut self, start: &BytesStart<'_>, vocabulary: Vocabulary, line: u64) -> Result<(), ImportError> {
        let tag = match self.field_depth {
            Some(_) => Tag::Other,
            None => element::tag(self.open.last().copied(), vocabulary, start.local_name()),
        };
        if self.open.is_empty() && tag != Tag::Rss {
            let what = match start.local_name().into_inner() {
                name if name.contains('\0') => NotAnExport::Utf16,
                name if name.eq_ignore_ascii_case("html") => NotAnExport::WebPage,
                _ => NotAnExport::OtherXml,
            };
            return Err(ImportError::NotAnExport(what));
        }
        self.wordpress_seen |= vocabulary == Vocabulary::Wordpress;
        match tag {
            Tag::Item => self.item = Item { fields: Fields::at(line), ..Item::default() },
            Tag::Author => self.author = Fields::at(line),
            Tag::Comment => self.item.comments.push(Fields::at(line)),
            Tag::Field(field) => {
                self.text.clear();
                self.field_depth = Some(self.open.len());
                if field == Field::Category {
                    self.domain = domain(start);
                }
            }
            Tag::Rss | Tag::Channel | Tag::Other => {}
        }
        self.open.push(tag);
        Ok(())
    }

    fn end(&mut self) -> Step {
        let Some(tag) = self.open.pop() else { return Step::Went };
        match tag {
            Tag::Field(field) => {
                self.field_depth = None;
                let text = sound(std::mem::take(&mut self.text));
                match self.open.last() {
                    Some(Tag::Item) if field == Field::Category => self.tag(&text),
                    Some(Tag::Item) => self.item.fields.put(field, text),
                    Some(Tag::Comment) => {
                        if let Some(comment) = self.item.comments.last_mut() {
                            comment.put(field, text);
                        }
                    }
                    Some(Tag::Author) => self.author.put(field, text),
                    Some(Tag::Channel) => self.channel.put(field, text),
                    Some(Tag::Rss | Tag::Field(_) | Tag::Other) | None => {}
                }
                Step::Went
            }
            Tag::Author => {
                let author = std::mem::take(&mut self.author);
                let name = text::plain_line(author.get(Field::AuthorName));
                let writer = Writer { id: author.get(Field::AuthorId).to_owned(), name };
                self.writers.insert(author.get(Field::AuthorLogin).to_owned(), writer);
                Step::Went
            }
            Tag::Item => Step::ItemEnded,
            Tag::Rss | Tag::Channel | Tag::Comment | Tag::Other => Step::Went,
        }
    }

    fn add_text(&mut self, text: &str) {
        if self.field_depth.is_some() {
            self.text.push_str(text);
        }
    }

    /// XML knows five names. Others come from HTML (`&nbsp;`) and are kept for it; nothing is ever expanded, so that
    /// there is nothing to explode.
    fn reference(&mut self, name: &str) {
        if self.field_depth.is_none() {
            return;
        }
        let whole = format!("&{name};");
        let known = matches!(name, "amp" | "lt" | "gt" | "quot" | "apos");
        let decoded = if known || name.starts_with('#') { text::decode_references(&whole) } else { whole.clone() };
        if decoded == whole && self.open.contains(&Tag::Item) {
            self.item.unknown_references = true;
        }
        self.text.push_str(&decoded);
    }

    fn tag(&mut self, text: &str) {
        let tag = text::plain_line(text);
        let fallback = self.domain == Domain::Uncategorized || tag == "Uncategorized";
        if self.domain != Domain::Other && !fallback && !tag.is_empty() && !self.item.tags.contains(&tag) {
            self.item.tags.push(tag);
        }
    }

    fn eof(&mut self) -> Result<Step, ImportError> {
        if !self.open.is_empty() {
            return Err(self.damaged(Damage::CutOff));
        }
        let offset = self.reader.get_mut().offset();
        if offset == 0 {
            return Err(ImportError::NotAnExport(NotAnExport::Empty));
        }
        if !self.wordpress_seen {
            let feed = self.channel.line > 0 || !self.channel.get(Field::Title).is_empty();
            return Err(ImportError::NotAnExport(if feed { NotAnExport::Feed } else { NotAnExport::NotXml }));
        }
        Ok(Step::FileEnded)
    }

    fn damaged(&mut self, damage: Damage) -> ImportError {
        let source = self.reader.get_mut();
        ImportError::Damaged { line: source.line(), byte: source.offset(), damage }
    }

    fn error(&mut self, error: XmlError) -> ImportError {
        if self.reader.get_mut().too_long() {
            return self.damaged(Damage::TooLong);
        }
        match error {
            XmlError::Io(error) => ImportError::Io(std::io::Error::new(error.kind(), error)),
            _ if self.open.is_empty() && !self.wordpress_seen => ImportError::NotAnExport(NotAnExport::NotXml),
            XmlError::Syntax(_) => self.damaged(Damage::CutOff),
            XmlError::IllFormed(IllFormedError::MismatchedEndTag { expected, found }) => {
                self.damaged(Damage::WrongEnd { open: expected, found })
            }
            XmlError::IllFormed(IllFormedError::UnmatchedEndTag(found)) => {
                self.damaged(Damage::WrongEnd { open: String::new(), found })
            }
            // The reader's errors are open-ended; what is not told apart above needs no decision.
            other => self.damaged(Damage::NoXml(other.to_string())),
        }
    }

    /// The item that was being read when the file broke, as far as it goes.
    fn cut_off_item(&mut self) -> Option<ImportedPost> {
        if !self.open.contains(&Tag::Item) {
            return None;
        }
        if self.open.contains(&Tag::Comment) {
            // A comment that has not ended may still turn out to be held or spam.
            self.item.comments.pop();
        }
        self.item.cut_off = true;
        self.finish_item()
    }

    fn finish_item(&mut self) -> Option<ImportedPost> {
        let item = std::mem::take(&mut self.item);
        post::build_post(item, &self.writers, &mut self.slugs, &mut self.report)
    }

    fn finish_report(&mut self) {
        if self.reader.get_mut().mended() > 0 {
            self.report.note(1, || Place::File, OddKind::BytesMended);
        }
    }
}

impl<R: BufRead> Iterator for Wxr<R> {
    type Item = Result<ImportedPost, ImportError>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(error) = self.failed.take() {
            return Some(Err(error));
        }
        while !self.ended {
            match self.step() {
                Ok(Step::Went) => {}
                Ok(Step::ItemEnded) => {
                    if let Some(post) = self.finish_item() {
                        return Some(Ok(post));
                    }
                }
                Ok(Step::FileEnded) => {
                    self.ended = true;
                    self.finish_report();
                }
                Err(error) => {
                    self.ended = true;
                    let last = self.cut_off_item();
                    self.finish_report();
                    let Some(post) = last else { return Some(Err(error)) };
                    self.failed = Some(error);
                    return Some(Ok(post));
                }
            }
        }
        None
    }
}

fn domain(start: &BytesStart<'_>) -> Domain {
    let attribute = |name: &str| start.try_get_attribute(name).ok().flatten().map(|found| found.value.into_owned());
    match attribute("domain").as_deref() {
        None | Some("category" | "post_tag" | "tag") => match attribute("nicename").as_deref() {
            Some("uncategorized") => Domain::Uncategorized,
            Some(_) | None => Domain::Tag,
        },
        Some(_) => Domain::Other,
    }
}

/// Without the control characters that XML forbids and that old databases still have.
fn sound(text: String) -> String {
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    if text.contains(odd) { text.replace(odd, "") } else { text }
}

fn not_xml(text: &str) -> NotAnExport {
    if text.starts_with("PK\u{3}") || text.starts_with('\u{1f}') {
        NotAnExport::Compressed
    } else if text.contains('\0') || text.starts_with("ÿþ") || text.starts_with("þÿ") {
        NotAnExport::Utf16
    } else {
        NotAnExport::NotXml
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
