//! A model of browsers: a database, tabs with a composer each, a slow disk, a channel, and somebody who types. All of it
//! in one thread, in an order that a seed decides.

use super::{SITE, place, stamp};
use afterword_core::draft::record::{Change, Fields, Store, decode, encode};
use afterword_core::draft::{Attempt, Context, Draft, DraftId, Effect, Event, Keeping, SAVE_DELAY_MILLIS};
use afterword_core::draft::{SaveState, Settled, Shown, StorageError, WriterId};
use afterword_core::writing::{Target, Utf16};
use std::collections::{BTreeMap, BTreeSet};

/// A small generator (SplitMix64): the same seed gives the same story.
pub(crate) struct Chance(u64);

impl Chance {
    /// A number below `end`.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % end
    }
}

/// What a tab waits for from the database.
enum Work {
    Load(u32, DraftId),
    Save(Box<Attempt>),
}

struct Tab {
    machine: Keeping,
    /// Asked of the database, and not done yet.
    work: Vec<Work>,
    /// Done, and not told yet.
    answers: Vec<Event>,
    /// Said by other tabs, and not heard yet.
    heard: Vec<(DraftId, bool)>,
    wake: Option<i64>,
    /// What was typed here since a save last took the text, and when the first of it.
    unsaved_since: Option<i64>,
}

/// All of it.
pub(crate) struct World {
    chance: Chance,
    records: BTreeMap<(Store, String), Fields>,
    tabs: Vec<Option<Tab>>,
    /// Saves that tabs were told had failed, and that may come through all the same.
    late: Vec<Attempt>,
    discarded: Vec<Draft>,
    now: i64,
    next: u32,
    /// Words that were said to be saved, and that nobody has deleted since.
    kept: BTreeSet<u32>,
    /// Words that somebody has deleted.
    deleted: BTreeSet<u32>,
    /// Whether the disk answers at once and never fails.
    healthy: bool,
    junk: Option<Fields>,
}

fn words(text: &Utf16) -> Vec<u32> {
    text.to_text().split_whitespace().map(|word| word.parse().unwrap()).collect()
}

fn text(words: &[u32]) -> Utf16 {
    Utf16::from(words.iter().map(u32::to_string).collect::<Vec<_>>().join(" ").as_str())
}

impl World {
    pub(crate) fn new(seed: u64, tabs: usize) -> Self {
        let mut chance = Chance(seed);
        let mut records = BTreeMap::new();
        let junk = (chance.below(10) == 0).then(|| Fields::from([("v".to_owned(), 9.0.into())]));
        if let Some(junk) = &junk {
            records.insert((Store::Drafts, place(Target::Thread).key()), junk.clone());
        }
        let tabs = (0..tabs).map(|_| None).collect();
        let (late, discarded, kept, deleted) = (Vec::new(), Vec::new(), BTreeSet::new(), BTreeSet::new());
        Self { chance, records, tabs, late, discarded, now: 1_000_000, next: 0, kept, deleted, healthy: false, junk }
    }

    /// One thing happens, and everything that must hold still holds.
    pub(crate) fn step(&mut self) {
        let at = self.chance.below(self.tabs.len() as u64) as usize;
        if self.tabs[at].is_none() {
            self.open(at);
        } else {
            match self.chance.below(100) {
                0..30 => self.type_something(at),
                30..36 => self.delete_something(at),
                36..40 => self.event(at, Event::Flushed),
                40..42 => self.tabs[at] = None,
                42..44 => self.crash_in_mid_save(at),
                44..45 => self.discard_here(at),
                45..47 => self.discard_from_the_list(),
                47..48 => self.put_back(),
                48..64 => self.work(at),
                64..78 => self.answer(at),
                78..86 => self.hear(at),
                86..88 => self.come_through_late(),
                88..90 => self.event(at, Event::Told),
                _ => {
                    let millis = self.chance.below(250) as i64;
                    self.wait(millis);
                }
            }
        }
        self.check();
    }

    /// Everything is well again, and everybody gets the time they need.
    pub(crate) fn settle(&mut self) {
        self.healthy = true;
        for at in 0..self.tabs.len() {
            // Each is looked at once more, which makes up for what was never heard.
            self.event(at, Event::Told);
        }
        for _ in 0..30 {
            for at in 0..self.tabs.len() {
                self.work(at);
                self.answer(at);
                self.hear(at);
            }
            self.wait(2_000);
        }
        self.check();
        for tab in self.tabs.iter().flatten() {
            assert!(tab.machine.is_settled() && !tab.machine.is_saving(), "everything is saved in the end");
            let state = tab.machine.state();
            let said = matches!(state, SaveState::Saved | SaveState::Empty | SaveState::Elsewhere(_));
            assert!(said, "and said to be: {state:?}");
            if tab.machine.shown().text.0.is_empty() {
                // It promises nothing: what others wrote at the place may be there.
                continue;
            }
            let id = tab.machine.id().as_str();
            let stored = self.records.get(&(Store::Drafts, id.to_owned())).and_then(|raw| decode(id, raw).ok());
            let stored = stored.map(|draft| draft.shown.text).unwrap_or_default();
            assert_eq!(words(&stored), words(&tab.machine.shown().text), "what is shown is what is stored");
        }
    }

    fn open(&mut self, at: usize) {
        let writer = WriterId(self.chance.below(u64::MAX));
        let machine = Keeping::new(writer, place(Target::Thread), Context::default());
        let (work, answers, heard) = (Vec::new(), Vec::new(), Vec::new());
        self.tabs[at] = Some(Tab { machine, work, answers, heard, wake: None, unsaved_since: None });
        // Some type before anything was read.
        if self.chance.below(4) > 0 {
            self.event(at, Event::Opened);
        }
    }

    fn event(&mut self, at: usize, event: Event) {
        let Some(tab) = &mut self.tabs[at] else { return };
        let saved = matches!(event, Event::Saved(_));
        let effects = tab.machine.on_event(event, self.now);
        if saved {
            tab.unsaved_since = Some(self.now);
        }
        if !tab.machine.is_saving() && !tab.machine.has_unsaved_words() {
            tab.unsaved_since = None;
        }
        let mut said = Vec::new();
        for effect in effects {
            match effect {
                Effect::Load(load, id) => tab.work.push(Work::Load(load, id)),
                Effect::Save(attempt) => {
                    let saving = tab.work.iter().any(|work| matches!(work, Work::Save(_)));
                    assert!(!saving, "two saves are under way");
                    tab.work.push(Work::Save(attempt));
                }
                Effect::Wake(millis) => tab.wake = Some(self.now + millis),
                Effect::Show(shown) => assert_eq!(shown, *tab.machine.shown()),
                Effect::Tell(id) => said.push((id, false)),
                Effect::TellRemoved(id) => said.push((id, true)),
            }
        }
        self.spread(at, &said);
    }

    fn spread(&mut self, from: usize, said: &[(DraftId, bool)]) {
        for (_, tab) in self.tabs.iter_mut().enumerate().filter(|(at, _)| *at != from) {
            if let Some(tab) = tab {
                tab.heard.extend(said.iter().cloned());
            }
        }
    }

    fn edit(&mut self, at: usize, change: impl FnOnce(&mut Chance, &mut Vec<u32>, &mut u32)) {
        let Some(tab) = &mut self.tabs[at] else { return };
        let mut all = words(&tab.machine.shown().text);
        let before = all.clone();
        change(&mut self.chance, &mut all, &mut self.next);
        let gone = before.into_iter().filter(|word| !all.contains(word)).collect();
        let caret = self.chance.below(5) as u32;
        let typed = Shown { text: text(&all), selection: (caret, caret), scroll: 0.0 };
        tab.unsaved_since.get_or_insert(self.now);
        self.delete(gone);
        self.event(at, Event::Edited(typed));
    }

    /// Somebody wants these words gone.
    fn delete(&mut self, gone: Vec<u32>) {
        self.kept.retain(|word| !gone.contains(word));
        self.deleted.extend(gone);
    }

    fn type_something(&mut self, at: usize) {
        self.edit(at, |chance, all, next| {
            // Now and then only the caret moves.
            if chance.below(8) > 0 {
                *next += 1;
                all.insert(chance.below(all.len() as u64 + 1) as usize, *next);
            }
        });
    }

    fn delete_something(&mut self, at: usize) {
        self.edit(at, |chance, all, _| match chance.below(4) {
            0 => all.clear(),
            _ if all.is_empty() => {}
            _ => drop(all.remove(chance.below(all.len() as u64) as usize)),
        });
    }

    fn discard_here(&mut self, at: usize) {
        let Some(tab) = &self.tabs[at] else { return };
        let gone = words(&tab.machine.shown().text);
        self.delete(gone);
        self.event(at, Event::Discarded);
    }

    fn discard_from_the_list(&mut self) {
        let drafts = self.drafts();
        if drafts.is_empty() {
            return;
        }
        let draft = drafts[self.chance.below(drafts.len() as u64) as usize].clone();
        self.delete(words(draft.text()));
        self.records.remove(&(Store::Drafts, draft.id.as_str().to_owned()));
        self.spread(usize::MAX, &[(draft.id.clone(), true)]);
        self.discarded.push(draft);
    }

    fn put_back(&mut self) {
        let Some(draft) = self.discarded.pop() else { return };
        let key = (Store::Drafts, draft.id.as_str().to_owned());
        if !self.records.contains_key(&key) {
            let put = Draft { stamp: stamp(self.chance.below(u64::MAX), 1), ..draft };
            self.records.insert(key, encode(&put));
            self.spread(usize::MAX, &[(put.id, false)]);
        }
    }

    fn drafts(&self) -> Vec<Draft> {
        let drafts = self.records.iter().filter(|((store, _), _)| *store == Store::Drafts);
        drafts.filter_map(|((_, key), raw)| decode(key, raw).ok()).collect()
    }

    fn crash_in_mid_save(&mut self, at: usize) {
        let Some(tab) = self.tabs[at].take() else { return };
        // The database finishes what it has begun, or it does not.
        for work in tab.work {
            if let Work::Save(attempt) = work
                && self.chance.below(2) == 0
            {
                self.commit(&attempt);
            }
        }
    }

    fn commit(&mut self, attempt: &Attempt) -> Settled {
        let key = (Store::Drafts, attempt.id.as_str().to_owned());
        let (settled, Change { puts, deletes }) = attempt.settle_raw(self.records.get(&key));
        self.records.extend(puts.into_iter().map(|(store, key, fields)| ((store, key), fields)));
        for key in deletes {
            self.records.remove(&key);
        }
        settled
    }

    /// The database does the next thing that a tab has asked of it.
    fn work(&mut self, at: usize) {
        let Some(tab) = &mut self.tabs[at] else { return };
        if tab.work.is_empty() {
            return;
        }
        let work = tab.work.remove(0);
        let fails = !self.healthy && self.chance.below(6) == 0;
        let answer = match work {
            Work::Load(load, _) if fails => Event::NotLoaded(load, StorageError::Closed),
            Work::Load(load, id) => {
                let raw = self.records.get(&(Store::Drafts, id.as_str().to_owned()));
                Event::Loaded(load, raw.and_then(|raw| decode(id.as_str(), raw).ok()))
            }
            Work::Save(attempt) if fails => {
                if self.chance.below(2) == 0 {
                    self.late.push(*attempt);
                }
                Event::NotSaved(StorageError::Full)
            }
            Work::Save(attempt) => {
                // What had been given up was asked for before.
                for late in std::mem::take(&mut self.late) {
                    if late.stamp.writer == attempt.stamp.writer && self.chance.below(2) == 0 {
                        self.commit(&late);
                    } else {
                        self.late.push(late);
                    }
                }
                Event::Saved(self.commit(&attempt))
            }
        };
        if let Some(tab) = &mut self.tabs[at] {
            tab.answers.push(answer);
        }
    }

    fn come_through_late(&mut self) {
        if let Some(attempt) = self.late.pop() {
            self.commit(&attempt);
        }
    }

    fn answer(&mut self, at: usize) {
        let Some(tab) = &mut self.tabs[at] else { return };
        if !tab.answers.is_empty() {
            let answer = tab.answers.remove(0);
            self.event(at, answer);
        }
    }

    /// A tab hears what another said: late, out of order, or never.
    fn hear(&mut self, at: usize) {
        let Some(tab) = &mut self.tabs[at] else { return };
        if tab.heard.is_empty() {
            return;
        }
        let which = if self.healthy { 0 } else { self.chance.below(tab.heard.len() as u64) as usize };
        let (id, removed) = tab.heard.remove(which);
        let lost = !self.healthy && self.chance.below(8) == 0;
        if !lost && *tab.machine.id() == id {
            self.event(at, if removed { Event::ToldRemoved } else { Event::Told });
        }
    }

    fn wait(&mut self, millis: i64) {
        let end = self.now + millis;
        loop {
            let wakes = self.tabs.iter().enumerate();
            let wakes = wakes.filter_map(|(at, tab)| Some((tab.as_ref()?.wake.filter(|wake| *wake <= end)?, at)));
            let Some((wake, at)) = wakes.min() else { break };
            self.now = self.now.max(wake);
            if let Some(tab) = &mut self.tabs[at] {
                tab.wake = None;
            }
            self.event(at, Event::TimeCame);
        }
        self.now = end;
    }

    fn check(&mut self) {
        for tab in self.tabs.iter().flatten() {
            match tab.machine.state() {
                SaveState::Saved | SaveState::Elsewhere(_) => {}
                SaveState::Unsaved if !tab.machine.is_saving() => {
                    let since = tab.unsaved_since.unwrap_or(self.now);
                    assert!(self.now - since <= SAVE_DELAY_MILLIS, "unsaved for {} ms", self.now - since);
                    assert!(tab.wake.is_some(), "unsaved, and nobody will wake it");
                }
                SaveState::NotSaved(_) if !tab.machine.is_saving() => {
                    let loading = tab.work.iter().any(|work| matches!(work, Work::Load(..)));
                    let loaded = tab.answers.iter().any(|one| matches!(one, Event::Loaded(..) | Event::NotLoaded(..)));
                    assert!(tab.wake.is_some() || loading || loaded, "not saved, and nobody will wake it");
                }
                SaveState::Unsaved | SaveState::NotSaved(_) | SaveState::Empty => {}
            }
        }
        let drafts = self.drafts();
        let stored: BTreeSet<u32> = drafts.iter().flat_map(|draft| words(draft.text())).collect();
        let lost: Vec<_> = self.kept.difference(&stored).collect();
        assert!(lost.is_empty(), "saved, not deleted, and gone: {lost:?}");
        for tab in self.tabs.iter().flatten() {
            if matches!(tab.machine.state(), SaveState::Saved | SaveState::Elsewhere(_)) {
                self.kept.extend(words(&tab.machine.shown().text).iter().filter(|word| !self.deleted.contains(word)));
            }
        }
        if let Some(junk) = &self.junk {
            assert!(self.records.values().any(|raw| raw == junk), "what cannot be read is kept as it is");
        }
        assert!(drafts.iter().all(|draft| draft.place.site == SITE));
    }
}
