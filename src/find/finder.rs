//! What the panel knows: the index of the thread, what the query finds, subjects and dates. It reads the query of the
//! conversation and tells the conversation what to show.

use super::person::Person;
use crate::conversation::Conversation;
use crate::platform::clock::Stopwatch;
use crate::platform::pause::{idle, pause};
use crate::platform::spawn::spawn;
use crate::render::highlight::Highlighter;
use afterword_core::rows::Selection;
use afterword_core::search::{Index, Known, Query, QueryError, Term, with_term, without_field};
use afterword_core::subjects::{Subjects, SubjectsBuilder};
use afterword_core::thread::Thread;
use afterword_core::time::Timestamp;
use afterword_core::timeline::Timeline;
use leptos::prelude::*;
use std::cell::Cell;
use std::rc::Rc;
use std::sync::Arc;

/// How long one slice of work may hold the main thread, in milliseconds: with what the browser adds, well below the
/// 50 ms that a reader feels.
const SLICE_MILLIS: f64 = 10.0;

/// Fewer comments than this have no subjects that a reader would not see anyway.
const COMMENTS_FOR_SUBJECTS: usize = 20;

/// Bars of the chart: on a phone each is some 6 CSS pixels wide, which can still be told apart and hit.
const BARS_MAX: usize = 54;

/// The state of one panel; a copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Finder {
    pub(super) conversation: Conversation,
    /// What the last good query found.
    pub(super) found: RwSignal<Found>,
    /// What is wrong with the query as it is now.
    pub(super) problem: RwSignal<Option<QueryError>>,
    /// The match that the reader was led to.
    pub(super) current: RwSignal<Option<u32>>,
    pub(super) subjects: RwSignal<Loading<Subjects>>,
    pub(super) timeline: RwSignal<Option<Arc<Timeline>>>,
    /// Whom the query asks for, if it asks for one.
    pub(super) person: RwSignal<Option<Person>>,
    thread: Memo<Option<Arc<Thread>>>,
    indexed: RwSignal<bool>,
    index: StoredValue<Index, LocalStorage>,
    highlighter: StoredValue<Rc<Highlighter>, LocalStorage>,
}

/// What a query found.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Found {
    /// There is no query.
    #[default]
    All,
    /// The index is not complete.
    Waiting,
    Some(Matches),
}

/// The comments that match.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Matches {
    pub(super) count: u32,
    pub(super) total: u32,
    matched: Arc<Vec<bool>>,
}

/// What is worked out beside the page.
#[derive(Clone, Debug)]
pub(super) enum Loading<T> {
    /// It does not apply, or the thread is not here.
    Not,
    Waiting,
    Here(Arc<T>),
}

impl Finder {
    /// A panel's state; belongs to the scope that asks.
    pub(super) fn new(conversation: Conversation) -> Self {
        // Much else is told of in the same breath: its order, what is collapsed, and what was just looked for.
        let thread = Memo::new_with_compare(
            move |_| conversation.thread(),
            |before, now| !matches!((before, now), (Some(Some(before)), Some(Some(now))) if Arc::ptr_eq(before, now)),
        );
        let finder = Self {
            conversation,
            thread,
            found: RwSignal::new(Found::All),
            problem: RwSignal::new(None),
            current: RwSignal::new(None),
            subjects: RwSignal::new(Loading::Not),
            timeline: RwSignal::new(None),
            person: RwSignal::new(None),
            indexed: RwSignal::new(false),
            index: StoredValue::new_local(Index::default()),
            highlighter: StoredValue::new_local(Rc::new(Highlighter::default())),
        };
        Effect::new(move |_| finder.take_thread());
        Effect::new(move |_| finder.search());
        let highlighter = finder.highlighter.get_value();
        conversation.watch_blocks(Some(Rc::new(move |block, near| highlighter.watch(block, near))));
        finder
    }

    /// Leaves the conversation as it was without a panel.
    pub(super) fn leave(&self) {
        self.conversation.watch_blocks(None);
        self.conversation.select(None);
    }

    /// Works on another thread from now on. What is worked out for an older one is dropped.
    fn take_thread(self) {
        let thread = self.thread.get();
        self.index.set_value(Index::default());
        self.indexed.set(false);
        self.current.set(None);
        let Some(thread) = thread else { return };
        let bars = Timeline::build(&thread, BARS_MAX, &|index| self.conversation.is_new(index));
        self.timeline.set(bars.map(Arc::new));
        let has_subjects = thread.len() >= COMMENTS_FOR_SUBJECTS;
        self.subjects.set(if has_subjects { Loading::Waiting } else { Loading::Not });
        spawn(async move {
            if self.fill_index(&thread).await && has_subjects {
                self.find_subjects(&thread).await;
            }
        });
    }

    /// Whether this is the thread that is shown; not any more once the panel is gone.
    fn is_current(&self, thread: &Arc<Thread>) -> bool {
        self.thread.try_get_untracked().flatten().is_some_and(|shown| Arc::ptr_eq(&shown, thread))
    }

    /// Fills the index in slices; gives whether the thread was still wanted then.
    async fn fill_index(&self, thread: &Arc<Thread>) -> bool {
        loop {
            let watch = Stopwatch::start();
            let out_of_time = || watch.millis() > SLICE_MILLIS;
            let complete = self.index.try_update_value(|index| index.extend(thread, out_of_time));
            match complete {
                Some(true) => break,
                Some(false) => pause().await,
                None => return false,
            }
            if !self.is_current(thread) {
                return false;
            }
        }
        self.indexed.set(true);
        true
    }

    /// Finds the subjects when the browser has nothing better to do.
    async fn find_subjects(&self, thread: &Arc<Thread>) {
        let mut builder = SubjectsBuilder::new();
        loop {
            idle().await;
            if !self.is_current(thread) {
                return;
            }
            let watch = Stopwatch::start();
            if builder.extend(thread, || watch.millis() > SLICE_MILLIS) {
                break;
            }
        }
        self.subjects.set(Loading::Here(Arc::new(builder.finish(thread))));
    }

    /// Reads the query and shows what it finds. A query that is wrong, or not finished, leaves what is shown.
    fn search(&self) {
        let query = self.conversation.find.with(|text| Query::parse(text));
        let thread = self.thread.get();
        let indexed = self.indexed.get();
        let query = match query {
            Ok(query) => query,
            Err(error) => return self.problem.set(Some(error)),
        };
        if self.problem.with_untracked(Option::is_some) {
            self.problem.set(None);
        }
        let Some(thread) = thread else { return };
        if query.is_empty() {
            self.person.set(None);
            self.show(Found::All, None);
        } else if !indexed {
            self.show(Found::Waiting, None);
        } else {
            let found = self.matches(&thread, &query);
            self.person.set(self.person_of(&thread, &query));
            self.show(found, Some(query));
        }
    }

    fn matches(&self, thread: &Thread, query: &Query) -> Found {
        let waits = Cell::new(false);
        let subject = |name: &str| match &*self.subjects.read() {
            Loading::Here(subjects) => subjects.find(name).map(|subject| subject.comments.clone()).unwrap_or_default(),
            Loading::Waiting => {
                waits.set(true);
                Vec::new()
            }
            Loading::Not => Vec::new(),
        };
        let known = Known { is_new: &|index| self.conversation.is_new(index), subject: &subject };
        let matched = self.index.with_value(|index| index.matches(thread, query, &known));
        if waits.get() {
            return Found::Waiting;
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        Found::Some(Matches {
            count: count(matched.iter().filter(|matched| **matched).count()),
            total: count(thread.len()),
            matched: Arc::new(matched),
        })
    }

    /// Somebody whose whole name the query asks for, and nobody else's.
    fn person_of(&self, thread: &Thread, query: &Query) -> Option<Person> {
        let mut names = query.terms().iter().filter(|term| matches!(term, Term::Author(_)));
        let (Some(term), None) = (names.next(), names.next()) else { return None };
        let theirs = Query::parse(&term.to_string()).ok()?;
        let known = Known { is_new: &|_| false, subject: &|_| Vec::new() };
        let theirs = self.index.with_value(|index| index.matches(thread, &theirs, &known));
        Person::of(thread, &theirs)
    }

    fn show(&self, found: Found, query: Option<Query>) {
        let ranges = query.map(|query| Box::new(move |text: &str| query.ranges_in(text)) as Box<_>);
        self.highlighter.with_value(|highlighter| highlighter.set(ranges));
        if self.found.with_untracked(|before| *before == found) {
            return;
        }
        match &found {
            Found::All => self.conversation.select(None),
            // What was there before stays until there is an answer.
            Found::Waiting => {}
            Found::Some(matches) => self.conversation.select(Some(Selection::new(matches.matched.to_vec()))),
        }
        self.point(None);
        self.found.set(found);
    }

    /// Leads the reader to the match that is so many further on, around the corner at both ends.
    pub(super) fn step(&self, step: isize) {
        let Found::Some(matches) = self.found.get_untracked() else { return };
        let mut order = self.conversation.shown_order();
        order.retain(|&index| matches.matched.get(index as usize) == Some(&true));
        let at = self.current.get_untracked().and_then(|current| order.iter().position(|&index| index == current));
        let next = match (at, isize::try_from(order.len())) {
            (Some(at), Ok(count)) if count > 0 => at.cast_signed().wrapping_add(step).rem_euclid(count).unsigned_abs(),
            (None, _) if step < 0 => order.len().saturating_sub(1),
            _ => 0,
        };
        if let Some(&index) = order.get(next) {
            self.point(Some(index));
            self.conversation.show_comment(index);
        }
    }

    fn point(&self, index: Option<u32>) {
        if self.current.get_untracked() == index {
            return;
        }
        self.current.set(index);
        let id = self.thread.get_untracked().zip(index).map(|(thread, index)| thread.comment(index).id.element_id());
        self.highlighter.with_value(|highlighter| highlighter.point(&id.unwrap_or_default()));
    }

    /// How many matches there are before the current one.
    pub(super) fn place(&self) -> Option<u32> {
        let current = self.current.get()?;
        let Found::Some(matches) = self.found.get_untracked() else { return None };
        let order = self.conversation.shown_order();
        let before = order.iter().take_while(|&&index| index != current);
        let before = before.filter(|&&index| matches.matched.get(index as usize) == Some(&true)).count();
        u32::try_from(before).ok()
    }

    /// The thread that is looked through.
    pub(super) fn thread(&self) -> Option<Arc<Thread>> {
        self.thread.get()
    }

    /// Whether only some comments are shown.
    pub(super) fn is_filtered(&self) -> bool {
        self.found.with_untracked(|found| matches!(found, Found::Some(_)))
    }

    /// The earliest of the matches from some time.
    pub(super) fn first_match(&self, is_in: impl Fn(Timestamp) -> bool) -> Option<u32> {
        let (Found::Some(matches), Some(thread)) = (self.found.get_untracked(), self.thread.get_untracked()) else {
            return None;
        };
        let matched = (0_u32..).zip(matches.matched.iter()).filter(|(_, matched)| **matched).map(|(index, _)| index);
        let matched = matched.filter(|&index| thread.comment(index).published.is_some_and(&is_in));
        matched.min_by_key(|&index| (thread.comment(index).published, index))
    }

    /// Asks for another query.
    pub(super) fn ask(&self, text: String) {
        self.conversation.find.set(text);
    }

    /// Asks for what one person wrote, and nothing else about authors.
    pub(super) fn ask_for(&self, name: &str) {
        let text = self.conversation.find.get_untracked();
        self.ask(by_author(&text, name));
    }
}

/// A query, with the author that it asks for replaced.
pub(super) fn by_author(text: &str, name: &str) -> String {
    with_term(&without_field(text, afterword_core::search::Field::Author), &Term::Author(name.to_owned()))
}
