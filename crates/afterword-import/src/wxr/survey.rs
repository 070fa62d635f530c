//! A first reading of an export: what is in it, and where everything will be.
//!
//! Texts link to posts further down, and galleries name pictures by number, so both must be known before the first text
//! is written. A survey keeps about 200 bytes of each post and file, and no texts; the file is then read again for those.

use super::Head;
use super::element::{Field, Fields, Taxonomy};
use super::error::ImportError;
use super::post::{identity, kind_of};
use super::reader::{Category, Depth, Item, ItemReader, Term, UNCATEGORIZED, Writer};
use crate::date;
use crate::library::{Library, MediaFile};
use crate::media::is_media;
use crate::place::{OldBlog, Place, hash};
use crate::report::LeftOut;
use crate::slug::{SlugOrigin, Slugs, decode_percent};
use crate::text;
use afterword_core::ids::{PostKind, PostPath};
use afterword_core::words::tag_slug;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::io::BufRead;

/// What there is from before: the places that are taken, and where a post was put by an earlier import.
#[derive(Debug, Default)]
pub struct Before {
    /// Places that posts of others have; imported ones make way.
    pub taken: Vec<PostPath>,
    /// Where posts were put, by a hash of their identity. They stay there.
    pub placed: HashMap<u64, PostPath>,
}

/// A post of the export and where it will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Placed {
    /// Where it will be.
    pub path: PostPath,
    /// Its number in WordPress, 0 when the file has none.
    pub number: u64,
    /// Where it was: path and query from the root of the old host. Empty when the file does not say.
    pub link: Box<str>,
    /// What it is known by from one export to the next, as a hash.
    pub identity: u64,
    pub(super) origin: SlugOrigin,
}

/// Where an address of the old blog leads now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Target {
    Post(u32),
    File(u32),
    Tag(u32),
}

/// What is in an export, and where everything will be.
#[derive(Debug, Default)]
pub struct Survey {
    head: Head,
    blog: OldBlog,
    posts: Vec<Placed>,
    library: Library,
    by_number: HashMap<u64, Target>,
    /// By a hash of the path below the old home page.
    by_path: HashMap<u64, Target>,
    /// Slugs of the tags that posts have.
    tags: Vec<Box<str>>,
    redirects: BTreeMap<String, String>,
    years: BTreeSet<i32>,
    top_pages: Vec<(String, PostPath)>,
}

impl Survey {
    /// Reads an export for the first time. What is damaged is told when it is read for the second time.
    ///
    /// # Errors
    /// When it cannot be read at all, or breaks before its first post.
    pub fn read<R: BufRead>(input: R, before: &Before) -> Result<Self, ImportError> {
        let mut reader = ItemReader::new(input, Depth::Outline);
        let mut making = Making::new(before);
        while let Some(item) = reader.next_item() {
            match item {
                Ok(item) => making.take(&item, reader.channel()),
                Err(error) if making.survey.posts.is_empty() => return Err(error),
                Err(_) => {}
            }
        }
        making.survey.head = Head::new(reader.channel());
        making.survey.blog = old_blog(reader.channel());
        Ok(making.finish(reader.terms(), reader.writers()))
    }

    /// What the head of the export says about the blog.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The posts and pages that come over, in the order of the file.
    pub fn posts(&self) -> &[Placed] {
        &self.posts
    }

    /// Addresses of the old blog that are no post's, from the root of its host, and where they lead from the root of
    /// the new one: `/category/wood/` to `tags/wood/`. Categories, tags, authors, years and months, and the feed.
    pub fn redirects(&self) -> &BTreeMap<String, String> {
        &self.redirects
    }

    /// Title and place of the pages that lie below no other, in the order of the old blog's menu of pages.
    pub fn top_pages(&self) -> &[(String, PostPath)] {
        &self.top_pages
    }

    pub(crate) fn library(&self) -> &Library {
        &self.library
    }

    pub(crate) fn blog(&self) -> &OldBlog {
        &self.blog
    }

    /// Where an address of the old blog is now, as seen from the folder of a post. `None` when it is no such address, or
    /// leads to nothing that came over.
    pub(crate) fn new_address(&self, url: &str, from: &PostPath) -> Option<String> {
        let place = self.blog.locate(url)?;
        let fragment = if place.fragment.is_empty() { String::new() } else { format!("#{}", place.fragment) };
        let path = match self.target(&place) {
            Some(Target::Post(index)) => {
                let path = &self.posts.get(index as usize)?.path;
                if path == from && !fragment.is_empty() {
                    return Some(fragment);
                }
                return Some(match path.kind == from.kind {
                    true => format!("../{}/{fragment}", escape_path(path.slug.as_str())),
                    false => format!("../../{}{fragment}", escape_path(&path.to_string())),
                });
            }
            // A page about a file leads to the file itself.
            Some(Target::File(index)) => return self.library.get(index).map(|file| file.url.to_string()),
            Some(Target::Tag(index)) => format!("tags/{}/", self.tags.get(index as usize)?),
            None if place.path.is_empty() && place.query.is_empty() => String::new(),
            None => format!("archive/{}/", self.year(&place)?),
        };
        Some(format!("../../{}{fragment}", escape_path(&path)))
    }

    /// The address of the file of the old blog that is meant by an address in a text: whole, and of the full size. `None`
    /// when it is no file, or one of somebody else.
    pub(crate) fn media_url(&self, url: &str) -> Option<String> {
        if !is_media(url) {
            return None;
        }
        // WordPress.com serves pictures of other blogs from hosts of its own, the address behind theirs.
        let direct = ["https://i0.wp.com/", "https://i1.wp.com/", "https://i2.wp.com/", "https://i3.wp.com/"]
            .iter()
            .find_map(|host| Some(format!("https://{}", url.strip_prefix(host)?)));
        let url = direct.as_deref().unwrap_or(url);
        if let Some(file) = self.library.by_address(url) {
            return Some(file.url.to_string());
        }
        let whole = self.blog.whole(url)?;
        Some(whole.split(['?', '#']).next().unwrap_or_default().to_owned())
    }

    fn target(&self, place: &Place<'_>) -> Option<Target> {
        if place.path.is_empty() {
            let number = ["p", "page_id", "attachment_id"].iter().find_map(|key| place.asked(key)?.parse::<u64>().ok());
            if let Some(number) = number {
                return self.by_number.get(&number).copied();
            }
            let taxonomy = ["cat", "tag"].iter().find_map(|key| Some(format!("?{key}={}", place.asked(key)?)))?;
            return self.by_path.get(&hash(&taxonomy)).copied();
        }
        let at = |path: &str| self.by_path.get(&hash(path)).copied();
        let (rest, last) = place.path.rsplit_once('/').unwrap_or(("", &place.path));
        at(&place.path).or_else(|| {
            // Further pages of a post, of its comments, of a list.
            let digits = !last.is_empty() && last.bytes().all(|byte| byte.is_ascii_digit());
            let page_of = if digits { rest.strip_suffix("/page").or(Some(rest)) } else { None };
            let shown = matches!(last, "amp" | "embed") || last.starts_with("comment-page-");
            page_of.or(shown.then_some(rest)).filter(|path| !path.is_empty()).and_then(at)
        })
    }

    /// The year of `2012`, `2012/01` and `2012/01/31`, if there were posts in it.
    fn year(&self, place: &Place<'_>) -> Option<i32> {
        let numbers = place.path.split('/').all(|part| part.len() <= 4 && part.parse::<u16>().is_ok());
        let year = place.path.split('/').next()?.parse().ok()?;
        (numbers && self.years.contains(&year)).then_some(year)
    }
}

/// A survey that is being made.
struct Making<'a> {
    before: &'a Before,
    survey: Survey,
    posts: Slugs,
    pages: Slugs,
    files: Vec<MediaFile>,
    /// Identities of the posts so far. Two of the same happen in blogs that were moved by hand; the second gets another.
    seen: HashSet<u64>,
    /// Where the pages about files were.
    file_links: Vec<(u64, String)>,
    tags: BTreeSet<Category>,
    /// Their places in the order of pages, titles and paths.
    top_pages: Vec<(u64, String, PostPath)>,
}

impl<'a> Making<'a> {
    fn new(before: &'a Before) -> Self {
        let (mut posts, mut pages) = (Slugs::default(), Slugs::default());
        for path in before.taken.iter().chain(before.placed.values()) {
            match path.kind {
                PostKind::Post => posts.reserve(&path.slug),
                PostKind::Page => pages.reserve(&path.slug),
            }
        }
        Self {
            before,
            survey: Survey::default(),
            posts,
            pages,
            files: Vec::new(),
            seen: HashSet::new(),
            file_links: Vec::new(),
            tags: BTreeSet::new(),
            top_pages: Vec::new(),
        }
    }

    fn take(&mut self, item: &Item, channel: &Fields) {
        let fields = &item.fields;
        match kind_of(item) {
            Ok(kind) => self.take_post(item, kind, channel),
            Err(LeftOut::Attachment) => {
                let number = fields.number(Field::Id);
                self.file_links.push((number, fields.get(Field::Link).to_owned()));
                self.files.push(MediaFile {
                    number,
                    parent: fields.number(Field::Parent),
                    url: text::decode_references(fields.get(Field::FileUrl)).into(),
                    alt: text::plain_line(fields.get(Field::Alt)).into(),
                    caption: text::plain_line(fields.get(Field::Excerpt)).into(),
                    title: text::plain_line(fields.get(Field::Title)).into(),
                });
            }
            Err(_) => {}
        }
    }

    fn take_post(&mut self, item: &Item, kind: PostKind, channel: &Fields) {
        let fields = &item.fields;
        let title = text::plain_line(fields.get(Field::Title));
        let slugs = match kind {
            PostKind::Post => &mut self.posts,
            PostKind::Page => &mut self.pages,
        };
        let mut identity = hash(&identity(fields));
        while !self.seen.insert(identity) {
            identity = hash(&identity.to_string());
        }
        let (path, origin) = match self.before.placed.get(&identity) {
            Some(path) if path.kind == kind => (path.clone(), SlugOrigin::Kept),
            Some(_) | None => {
                let (slug, origin) = slugs.take(fields.get(Field::Slug), &title, fields.get(Field::Id));
                (PostPath { kind, slug }, origin)
            }
        };
        let blog = old_blog(channel);
        let link = blog.on_host(fields.get(Field::Link)).and_then(|link| link.split('#').next()).unwrap_or_default();
        match kind {
            PostKind::Post => {
                let date = date::parse_gmt(fields.get(Field::DateGmt)).or(date::parse_gmt(fields.get(Field::Date)));
                self.survey.years.extend(date.map(|date| date.civil().year));
                self.tags.extend(item.categories.iter().filter(|category| category.is_tag()).cloned());
            }
            PostKind::Page => {
                if fields.number(Field::Parent) == 0 {
                    self.top_pages.push((fields.number(Field::MenuOrder), title, path.clone()));
                }
            }
        }
        self.survey.posts.push(Placed { path, number: fields.number(Field::Id), link: link.into(), identity, origin });
    }

    fn finish(mut self, terms: &[Term], writers: &HashMap<String, Writer>) -> Survey {
        let mut survey = self.survey;
        // A stranger's number may be in use twice; the first one counts, as everywhere.
        for (index, post) in (0..).zip(&survey.posts) {
            let target = Target::Post(index);
            if post.number != 0 {
                survey.by_number.entry(post.number).or_insert(target);
            }
            if let Some(place) = survey.blog.locate(&post.link).filter(|place| !place.path.is_empty()) {
                survey.by_path.entry(hash(&place.path)).or_insert(target);
            }
        }
        for (index, (number, link)) in (0..).zip(&self.file_links) {
            survey.by_number.entry(*number).or_insert(Target::File(index));
            if let Some(place) = survey.blog.locate(link).filter(|place| !place.path.is_empty()) {
                survey.by_path.entry(hash(&place.path)).or_insert(Target::File(index));
            }
        }
        survey.library = Library::new(self.files);
        self.top_pages.sort();
        survey.top_pages = self.top_pages.into_iter().map(|(_, title, path)| (title, path)).collect();
        survey.take_tags(self.tags, terms);
        survey.redirect_lists(terms, writers);
        survey
    }
}

impl Survey {
    /// Notes where the old pages of categories and tags lead.
    fn take_tags(&mut self, tags: BTreeSet<Category>, terms: &[Term]) {
        let base = self.blog.base().to_owned();
        let parents: HashMap<&str, &str> = terms
            .iter()
            .filter(|term| term.taxonomy == Taxonomy::Category)
            .map(|term| (term.slug.as_str(), term.parent.as_str()))
            .collect();
        let ids: HashMap<(Taxonomy, &str), u64> =
            terms.iter().map(|term| ((term.taxonomy, term.slug.as_str()), term.id)).collect();
        for Category { taxonomy, slug, name } in tags {
            let Some(taxonomy) = taxonomy.filter(|_| !slug.is_empty()) else { continue };
            let Ok(index) = u32::try_from(self.tags.len()) else { return };
            self.tags.push(tag_slug(&name).into());
            let mut paths = Vec::new();
            match taxonomy {
                Taxonomy::Category => {
                    paths.push(format!("category/{slug}/"));
                    paths.extend(below_parents(&slug, &parents).map(|path| format!("category/{path}/")));
                    paths.extend(ids.get(&(taxonomy, slug.as_str())).map(|id| format!("?cat={id}")));
                }
                Taxonomy::Tag => paths.extend([format!("tag/{slug}/"), format!("?tag={slug}")]),
            }
            for path in paths {
                let known = decode_percent(&path).unwrap_or_else(|| path.clone()).to_lowercase();
                self.by_path.entry(hash(known.trim_end_matches('/'))).or_insert(Target::Tag(index));
                self.redirects
                    .entry(format!("{base}/{path}"))
                    .or_insert(format!("tags/{}/", self.tags[index as usize]));
            }
        }
    }

    /// Notes where the other lists of the old blog lead. Only a blog with names in its addresses has most of them.
    fn redirect_lists(&mut self, terms: &[Term], writers: &HashMap<String, Writer>) {
        const LIST: &str = "archive/";
        let base = self.blog.base().to_owned();
        let mut add = |path: String, to: &str| {
            self.redirects.entry(format!("{base}/{path}")).or_insert_with(|| to.to_owned());
        };
        for term in terms.iter().filter(|term| term.taxonomy == Taxonomy::Category && term.slug == UNCATEGORIZED) {
            add(format!("category/{}/", term.slug), LIST);
            add(format!("?cat={}", term.id), LIST);
        }
        for (login, writer) in writers.iter().filter(|(login, _)| !login.contains('@')) {
            add(format!("author/{}/", author_slug(login)), LIST);
            add(format!("?author={}", writer.id), LIST);
        }
        add("feed/".to_owned(), "feed.atom");
        add("?feed=rss2".to_owned(), "feed.atom");
        if self.posts.iter().any(|post| !post.link.is_empty() && !post.link.contains("?p=")) {
            for year in &self.years {
                let list = format!("archive/{year}/");
                add(format!("{year}/"), &list);
                (1..=12).for_each(|month| add(format!("{year}/{month:02}/"), &list));
            }
        }
    }
}

/// `parent/child`, if the category has a parent. A ring of parents ends, as real ones do, after some steps.
fn below_parents(slug: &str, parents: &HashMap<&str, &str>) -> Option<String> {
    /// Deepest nesting of categories that is looked at.
    const PARENTS_MAX: usize = 16;
    let mut path = slug.to_owned();
    let mut at = slug;
    for _ in 0..PARENTS_MAX {
        match parents.get(at) {
            Some(parent) if !parent.is_empty() => {
                path = format!("{parent}/{path}");
                at = parent;
            }
            Some(_) | None => break,
        }
    }
    (path != slug).then_some(path)
}

/// A login name as WordPress has it in addresses, as long as nobody has changed that.
fn author_slug(login: &str) -> String {
    let kept = login.to_lowercase().replace([' ', '.'], "-");
    kept.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).collect()
}

/// A path as it stands in an address.
pub(super) fn escape_path(path: &str) -> String {
    let mut url = String::with_capacity(path.len());
    for byte in path.bytes() {
        // RFC 3986: what may stand in a path as it is.
        if byte.is_ascii_alphanumeric() || b"/-._~!$&'()*+,;=:@".contains(&byte) {
            url.push(char::from(byte));
        } else {
            url.push_str(&format!("%{byte:02X}"));
        }
    }
    url
}

/// The address of the old blog, by what the head of an export says.
fn old_blog(channel: &Fields) -> OldBlog {
    OldBlog::new(channel.get(Field::Link))
}
