//! Items of an export, one by one, as they stand in the file.

use super::element::{self, Field, Fields, Tag, Taxonomy, Vocabulary};
use super::error::{Damage, ImportError, NotAnExport};
use crate::source::Source;
use crate::text;
use quick_xml::errors::{Error as XmlError, IllFormedError};
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::NsReader;
use std::borrow::Cow;
use std::collections::HashMap;
use std::io::BufRead;

/// Deepest nesting of elements: exports have six levels. It bounds what a file of start tags can make the reader keep.
const DEPTH_MAX: usize = 64;

/// One who writes on the blog.
#[derive(Clone, Debug)]
pub(super) struct Writer {
    pub(super) id: String,
    pub(super) name: String,
}

/// The category of everything that has none, in addresses. A blog in another language has another; its name is kept.
pub(super) const UNCATEGORIZED: &str = "uncategorized";

/// What an item is sorted under.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Category {
    /// `None` in files that do not say, such as WXR 1.0.
    pub(super) taxonomy: Option<Taxonomy>,
    /// Its name in addresses.
    pub(super) slug: String,
    /// Plain text.
    pub(super) name: String,
}

impl Category {
    /// Whether it says something about a post.
    pub(super) fn is_tag(&self) -> bool {
        !self.name.is_empty() && self.slug != UNCATEGORIZED && self.name != "Uncategorized"
    }
}

/// A category or tag of the blog, as the head of an export has it.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) taxonomy: Taxonomy,
    pub(super) id: u64,
    pub(super) slug: String,
    /// The name in addresses of the category around it.
    pub(super) parent: String,
}

/// An item that has ended or been cut off.
#[derive(Debug, Default)]
pub(super) struct Item {
    pub(super) fields: Fields,
    pub(super) categories: Vec<Category>,
    pub(super) comments: Vec<Fields>,
    pub(super) unknown_references: bool,
    pub(super) cut_off: bool,
}

/// How much of the items is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Depth {
    /// No texts and no comments: what tells where things are.
    Outline,
    /// Everything that is read at all.
    Whole,
}

/// Reads an export item by item.
pub(super) struct ItemReader<R: BufRead> {
    reader: NsReader<Source<R>>,
    depth: Depth,
    buffer: Vec<u8>,
    open: Vec<Tag>,
    /// The text of the open field.
    text: String,
    /// How many elements of any kind are open inside the open field.
    field_depth: Option<usize>,
    /// The `category` element that is open.
    category: Option<Category>,
    channel: Fields,
    author: Fields,
    term: Fields,
    meta: Option<Field>,
    item: Item,
    writers: HashMap<String, Writer>,
    terms: Vec<Term>,
    wordpress_seen: bool,
    /// Why reading stopped, told after the last item.
    failed: Option<ImportError>,
    ended: bool,
}

enum Step {
    Went,
    ItemEnded,
    FileEnded,
}

impl<R: BufRead> ItemReader<R> {
    pub(super) fn new(input: R, depth: Depth) -> Self {
        let mut reader = NsReader::from_reader(Source::new(input));
        reader.config_mut().allow_dangling_amp = true;
        Self {
            reader,
            depth,
            buffer: Vec::new(),
            open: Vec::new(),
            text: String::new(),
            field_depth: None,
            category: None,
            channel: Fields::default(),
            author: Fields::default(),
            term: Fields::default(),
            meta: None,
            item: Item::default(),
            writers: HashMap::new(),
            terms: Vec::new(),
            wordpress_seen: false,
            failed: None,
            ended: false,
        }
    }

    /// What the head says; complete once the first item has been handed out.
    pub(super) fn channel(&self) -> &Fields {
        &self.channel
    }

    /// Those who write, by their login names.
    pub(super) fn writers(&self) -> &HashMap<String, Writer> {
        &self.writers
    }

    /// The categories and tags of the head.
    pub(super) fn terms(&self) -> &[Term] {
        &self.terms
    }

    /// Whether bytes were mended that were no UTF-8.
    pub(super) fn mended(&mut self) -> bool {
        self.reader.get_mut().mended() > 0
    }

    /// The next item, the one after it, and at most one error, which is the last.
    pub(super) fn next_item(&mut self) -> Option<Result<Item, ImportError>> {
        if let Some(error) = self.failed.take() {
            return Some(Err(error));
        }
        while !self.ended {
            match self.step() {
                Ok(Step::Went) => {}
                Ok(Step::ItemEnded) => return Some(Ok(std::mem::take(&mut self.item))),
                Ok(Step::FileEnded) => self.ended = true,
                Err(error) => {
                    self.ended = true;
                    let Some(last) = self.cut_off_item() else { return Some(Err(error)) };
                    self.failed = Some(error);
                    return Some(Ok(last));
                }
            }
        }
        None
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
            None => self.wanted(element::tag(self.open.last().copied(), vocabulary, start.local_name())),
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
                    self.category = category(start);
                }
            }
            Tag::Meta => self.meta = None,
            Tag::Term(_) => self.term = Fields::at(line),
            Tag::Rss | Tag::Channel | Tag::Other => {}
        }
        self.open.push(tag);
        Ok(())
    }

    /// What is passed over when only the outline is read.
    fn wanted(&self, tag: Tag) -> Tag {
        match (self.depth, tag) {
            (Depth::Outline, Tag::Comment | Tag::Field(Field::Content)) => Tag::Other,
            (Depth::Outline | Depth::Whole, tag) => tag,
        }
    }

    fn end(&mut self) -> Step {
        match self.open.pop() {
            Some(Tag::Field(field)) => self.end_field(field),
            Some(Tag::Author) => {
                let author = std::mem::take(&mut self.author);
                let name = text::plain_line(author.get(Field::AuthorName));
                let writer = Writer { id: author.get(Field::AuthorId).to_owned(), name };
                self.writers.insert(author.get(Field::AuthorLogin).to_owned(), writer);
            }
            Some(Tag::Term(taxonomy)) => self.terms.push(Term {
                taxonomy,
                id: self.term.number(Field::Id),
                slug: self.term.get(Field::Slug).to_owned(),
                parent: self.term.get(Field::Parent).to_owned(),
            }),
            Some(Tag::Item) => return Step::ItemEnded,
            Some(Tag::Rss | Tag::Channel | Tag::Comment | Tag::Meta | Tag::Other) | None => {}
        }
        Step::Went
    }

    fn end_field(&mut self, field: Field) {
        self.field_depth = None;
        let text = sound(&self.text);
        match self.open.last() {
            Some(Tag::Item) if field == Field::Category => {
                let name = text::plain_line(&text);
                self.item.categories.extend(self.category.take().map(|category| Category { name, ..category }));
            }
            Some(Tag::Item) => self.item.fields.put(field, &text),
            Some(Tag::Comment) => {
                if let Some(comment) = self.item.comments.last_mut() {
                    comment.put(field, &text);
                }
            }
            Some(Tag::Author) => self.author.put(field, &text),
            Some(Tag::Term(_)) => self.term.put(field, &text),
            Some(Tag::Channel) => self.channel.put(field, &text),
            Some(Tag::Meta) if field == Field::MetaKey => self.meta = element::meta_field(&text),
            Some(Tag::Meta) => match self.meta {
                Some(Field::OldSlug) => self.item.fields.add_line(Field::OldSlug, text.trim()),
                Some(meta) => self.item.fields.put(meta, &text),
                None => {}
            },
            Some(Tag::Rss | Tag::Field(_) | Tag::Other) | None => {}
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
    fn cut_off_item(&mut self) -> Option<Item> {
        if !self.open.contains(&Tag::Item) {
            return None;
        }
        if self.open.contains(&Tag::Comment) {
            // A comment that has not ended may still turn out to be held or spam.
            self.item.comments.pop();
        }
        self.item.cut_off = true;
        Some(std::mem::take(&mut self.item))
    }
}

/// What a `category` element of an item stands for, as far as its start says. `None` for something of a theme or plugin.
fn category(start: &BytesStart<'_>) -> Option<Category> {
    let attribute = |name: &str| start.try_get_attribute(name).ok().flatten().map(|found| found.value.into_owned());
    let taxonomy = match attribute("domain").as_deref() {
        None => None,
        Some("category") => Some(Taxonomy::Category),
        Some("post_tag" | "tag") => Some(Taxonomy::Tag),
        Some(_) => return None,
    };
    Some(Category { taxonomy, slug: attribute("nicename").unwrap_or_default(), name: String::new() })
}

/// Without the control characters that XML forbids and that old databases still have.
fn sound(text: &str) -> Cow<'_, str> {
    let odd = |c: char| c.is_control() && !matches!(c, '\n' | '\t' | '\r');
    if text.contains(odd) { Cow::Owned(text.replace(odd, "")) } else { Cow::Borrowed(text) }
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
