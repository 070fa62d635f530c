//! Thousands of sends: two tabs of one browser, a reader who presses twice and answers questions sensibly, tabs that
//! crash and fall asleep, a network that comes and goes, clocks that are wrong, and a back end that fails in all ways.
//! Time is a number, so that days take a moment. Every world comes of its seed.

use super::letter;
use super::server::{Dice, Kind, Server};
use afterword_core::draft::record::Fields;
use afterword_core::ids::CommentId;
use afterword_core::outbox::{
    Effect, Entry, EntryId, Event, LEASE_MILLIS, Question, Sight, State, decode_entry, encode_entry, hand_in, on_event,
};
use afterword_core::reconcile::{look_alikes, reconcile, shown_up};
use afterword_core::writing::{Answer, Letter, Refusal, TabId, Target, Unclear};
use std::collections::BTreeMap;

/// Worlds that are tried; each has three letters.
const WORLDS: u64 = 3_400;
/// After so long everything must have come to an end, in milliseconds: a week.
const END_MILLIS: i64 = 7 * 86_400_000;
/// How often the reader looks at the page, in milliseconds.
const READER_MILLIS: i64 = 150_000;

#[derive(Clone, Debug)]
enum Task {
    /// The clock of a tab rings.
    Turn(usize),
    /// A tab that was to send an entry, as it was then, comes to it.
    Sends(usize, Box<Entry>),
    /// The back end stores a letter and, if somebody still listens, says so.
    Stores(Letter),
    /// A tab hears an answer; without one, what the back end has made of it.
    Hears(usize, EntryId, u32, Option<Answer>),
    /// A tab has read the thread back.
    Sees(usize, EntryId, u32),
    /// The reader presses "Send" in a tab.
    Presses(usize, usize),
    /// The reader looks at the page.
    Reads,
    Crashes(usize),
    Connects(bool),
    Approves,
    /// The clock of the browser is put forward or back by so many milliseconds.
    Jumps(i64),
}

struct Tab {
    id: TabId,
    /// Counts crashes: what was under way before one is not heard after it.
    life: u32,
    /// Whether a request of it is under way.
    busy: bool,
    /// The task for which its clock is set: there is one clock.
    clock: Option<(i64, u64)>,
}

struct World {
    seed: u64,
    dice: Dice,
    time: i64,
    /// How far the browser's clock is from the time.
    jumped: i64,
    online: bool,
    has_locks: bool,
    lock: Option<usize>,
    tabs: Vec<Tab>,
    tasks: BTreeMap<(i64, u64), (Task, u32)>,
    serial: u64,
    disk: BTreeMap<EntryId, Fields>,
    drafts: BTreeMap<String, String>,
    server: Server,
    letters: Vec<Letter>,
    /// Whether somebody of that name wrote the second letter's text before.
    had_same: bool,
    /// Letters that were refused as doubles of what had been there before.
    given_up: Vec<Letter>,
}

impl World {
    fn new(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let kind = Kind {
            moderates: dice.one_in(4),
            refuses_doubles: dice.one_in(3),
            flattens: dice.one_in(2),
            is_late: dice.one_in(2),
            skew: [0, 0, 2, -2][usize::try_from(dice.below(4)).unwrap()] * 86_400_000,
        };
        let faults = u32::try_from(dice.below(8)).unwrap();
        let mut world = Self {
            seed,
            has_locks: dice.one_in(2),
            time: 0,
            jumped: 0,
            online: true,
            lock: None,
            tabs: Vec::new(),
            tasks: BTreeMap::new(),
            serial: 0,
            disk: BTreeMap::new(),
            drafts: BTreeMap::new(),
            server: Server::new(kind, faults),
            letters: Vec::new(),
            had_same: false,
            given_up: Vec::new(),
            dice,
        };
        for tab in 0..2 {
            world.tabs.push(Tab { id: TabId(tab), life: 0, busy: false, clock: None });
        }
        world
    }

    fn plan(&mut self, after: i64, task: Task) {
        let tab = match task {
            Task::Turn(tab) | Task::Sends(tab, _) | Task::Hears(tab, ..) | Task::Sees(tab, ..) => Some(tab),
            Task::Stores(..)
            | Task::Presses(..)
            | Task::Reads
            | Task::Crashes(_)
            | Task::Connects(_)
            | Task::Approves
            | Task::Jumps(_) => None,
        };
        let life = tab.map_or(0, |tab| self.tabs[tab].life);
        self.serial += 1;
        let key = (self.time + after, self.serial);
        if let Task::Turn(tab) = task {
            match self.tabs[tab].clock {
                Some(set) if set.0 <= key.0 => return,
                Some(set) => drop(self.tasks.remove(&set)),
                None => {}
            }
            self.tabs[tab].clock = Some(key);
        }
        self.tasks.insert(key, (task, life));
    }

    /// By the browser's clock.
    fn now(&self) -> i64 {
        1_700_000_000_000 + self.time + self.jumped
    }

    fn populate(&mut self) {
        // What was there before: a comment that one of the letters could be taken for, and others.
        let same = letter("The same again", Target::Thread);
        if self.dice.one_in(2) {
            self.had_same = true;
            let moderates = std::mem::replace(&mut self.server.kind.moderates, false);
            self.server.store(&same, self.time - 1_000_000);
            self.server.store(&letter("A root", Target::Thread), 0);
            let root = self.server.comments.last().map(|comment| comment.id.clone()).unwrap();
            self.server.store(&letter("An answer", Target::Reply(root)), 0);
            self.server.kind.moderates = moderates;
        }
        let answer_to = self.server.comments.last().map(|comment| comment.id.clone());
        let to = answer_to.map_or(Target::Thread, Target::Reply);
        self.letters = vec![letter("First, with **stars**", Target::Thread), same, letter("Second", to)];
        for at in 0..self.letters.len() {
            let after = self.dice.below(100_000);
            let tab = self.any_tab();
            self.drafts.insert(format!("draft {at}"), self.letters[at].text.to_text());
            self.plan(after, Task::Presses(tab, at));
            // Twice, or once more in the other tab.
            let (again, other) = (after + 50 + self.dice.below(30_000), self.any_tab());
            self.plan(again, Task::Presses(other, at));
        }
        for _ in 0..self.dice.below(4) {
            let (after, tab) = (self.dice.below(200_000), self.any_tab());
            self.plan(after, Task::Crashes(tab));
        }
        if self.dice.one_in(3) {
            let after = self.dice.below(100_000);
            let back = after + self.dice.below(300_000);
            self.plan(after, Task::Connects(false));
            self.plan(back, Task::Connects(true));
        }
        if !self.server.kind.is_late && self.dice.one_in(4) {
            let (after, by) = (self.dice.below(200_000), self.dice.below(4 * 86_400_000) - 2 * 86_400_000);
            self.plan(after, Task::Jumps(by));
        }
        let approval = 600_000 + self.dice.below(3_000_000);
        self.plan(approval, Task::Approves);
        self.plan(READER_MILLIS, Task::Reads);
    }

    fn any_tab(&mut self) -> usize {
        usize::try_from(self.dice.below(2)).unwrap()
    }

    fn run(&mut self) {
        self.populate();
        while let Some(((time, _), (task, life))) = self.tasks.pop_first() {
            assert!(time < END_MILLIS, "seed {} does not end: {:?} {:?}", self.seed, self.entries(), task);
            self.time = time;
            self.step(task, life);
        }
        self.check();
    }

    fn step(&mut self, task: Task, life: u32) {
        match task {
            Task::Turn(tab) if self.tabs[tab].life == life => {
                self.tabs[tab].clock = None;
                self.turn(tab);
            }
            Task::Sends(tab, entry) if self.tabs[tab].life == life => self.send(tab, *entry),
            Task::Hears(tab, id, attempt, answer) if self.tabs[tab].life == life => {
                if let Some(answer) = answer {
                    self.happen(tab, &id, Event::Answered { attempt, answer });
                }
                self.is_free(tab);
            }
            Task::Sees(tab, id, look) if self.tabs[tab].life == life => self.see(tab, &id, look),
            Task::Turn(_) | Task::Sends(..) | Task::Hears(..) | Task::Sees(..) => {}
            Task::Stores(letter) => {
                self.server.store(&letter, self.time);
            }
            Task::Presses(tab, at) => self.press(tab, at),
            Task::Reads => self.read(),
            Task::Crashes(tab) => {
                let id = TabId(self.dice.number());
                let tab_life = self.tabs[tab].life + 1;
                self.tabs[tab] = Tab { id, life: tab_life, busy: false, clock: None };
                if self.lock == Some(tab) {
                    self.lock = None;
                }
                let reload = 1 + self.dice.below(100_000);
                self.plan(reload, Task::Turn(tab));
            }
            Task::Connects(online) => {
                self.online = online;
                for entry in self.entries() {
                    if online {
                        self.happen(0, &entry.id, Event::CameOnline);
                    }
                }
                self.plan(1, Task::Turn(0));
                self.plan(1, Task::Turn(1));
            }
            Task::Approves => {
                self.server.approve();
                if !self.disk.is_empty() {
                    self.plan(3_600_000, Task::Approves);
                }
            }
            Task::Jumps(by) => {
                self.jumped += by;
                // Clocks of a browser count milliseconds, and do not follow.
                self.plan(1, Task::Turn(0));
            }
        }
    }

    fn entries(&self) -> Vec<Entry> {
        self.disk.values().map(|fields| decode_entry(fields).unwrap()).collect()
    }

    /// What a tab does in a transaction, and then.
    fn happen(&mut self, tab: usize, id: &EntryId, event: Event) {
        let Some(fields) = self.disk.get(id) else { return };
        let was_marked = event == Event::MarkedSent;
        let (entry, effects) = on_event(decode_entry(fields).unwrap(), event, self.now(), self.dice.share());
        for effect in &effects {
            match effect {
                Effect::Store => drop(self.disk.insert(id.clone(), encode_entry(&entry))),
                Effect::Forget => drop(self.disk.remove(id)),
                Effect::DeleteDraft => {
                    let is_stored = self.server.count(&entry.letter) > 0;
                    assert!(is_stored || was_marked, "seed {}: draft deleted, and nobody has it", self.seed);
                    self.drafts.remove(entry.draft_id.as_ref().unwrap());
                }
                Effect::Send | Effect::ReadBack | Effect::WakeAt(_) | Effect::ReturnText | Effect::Show(_) => {}
            }
        }
        // Sometimes that was the last thing the tab did.
        if self.dice.one_in(40) && self.server.faults > 0 {
            return self.step(Task::Crashes(tab), 0);
        }
        for effect in effects {
            match effect {
                Effect::Send => {
                    self.tabs[tab].busy = true;
                    // A tab in the background may fall asleep just here.
                    let asleep = if self.dice.one_in(20) { self.dice.below(400_000) } else { 0 };
                    self.plan(asleep, Task::Sends(tab, Box::new(entry.clone())));
                }
                Effect::ReadBack => {
                    self.tabs[tab].busy = true;
                    let after = 50 + self.dice.below(2_000);
                    self.plan(after, Task::Sees(tab, id.clone(), entry.look));
                }
                Effect::WakeAt(at) => {
                    let wait = (at - self.now()).max(0);
                    self.plan(wait + 1, Task::Turn(tab));
                }
                Effect::Store | Effect::Forget | Effect::DeleteDraft | Effect::ReturnText | Effect::Show(_) => {}
            }
        }
    }

    fn turn(&mut self, tab: usize) {
        if self.tabs[tab].busy {
            return;
        }
        let event = |world: &Self, alone| Event::TurnCame { tab: world.tabs[tab].id, alone, online: world.online };
        let only_waits = |effects: &[Effect]| effects.iter().all(|effect| matches!(effect, Effect::WakeAt(_)));
        let alone = self.has_locks && self.lock.is_none_or(|holder| holder == tab);
        if self.has_locks && !alone {
            return self.plan(3_000, Task::Turn(tab));
        }
        let mut next: Option<i64> = None;
        for entry in self.entries() {
            let effects = on_event(entry.clone(), event(self, alone), self.now(), 0.0).1;
            if only_waits(&effects) {
                if let [Effect::WakeAt(at)] = effects.as_slice() {
                    next = Some(next.map_or(*at, |next| next.min(*at)));
                }
                continue;
            }
            if alone {
                self.lock = Some(tab);
            }
            let life = self.tabs[tab].life;
            self.happen(tab, &entry.id, event(self, alone));
            if self.tabs[tab].life != life {
                return;
            }
            if self.tabs[tab].busy {
                return;
            }
        }
        if self.lock == Some(tab) {
            self.lock = None;
        }
        if let Some(at) = next {
            let wait = (at - self.now()).clamp(0, 3_600_000);
            self.plan(wait + 1, Task::Turn(tab));
        }
    }

    /// A tab has done with a request.
    fn is_free(&mut self, tab: usize) {
        self.tabs[tab].busy = false;
        if self.lock == Some(tab) {
            self.lock = None;
        }
        self.plan(1, Task::Turn(tab));
    }

    fn send(&mut self, tab: usize, entry: Entry) {
        if !entry.has_time_to_send(self.now()) {
            return self.is_free(tab);
        }
        let id = entry.id.clone();
        let attempt = entry.attempt;
        if !self.online {
            let answer = Answer::Unclear(Unclear::Broken);
            return self.plan(10, Task::Hears(tab, id, attempt, Some(answer)));
        }
        let reaction = self.server.react(&entry.letter, &mut self.dice);
        let (after, answer) = reaction.answer;
        assert!(after < LEASE_MILLIS);
        match (reaction.stores, answer) {
            (Some(stores), Some(answer)) => {
                self.plan(stores, Task::Stores(entry.letter));
                self.plan(after, Task::Hears(tab, id, attempt, Some(answer)));
            }
            (Some(_), None) => {
                let answer = self.server.store(&entry.letter, self.time);
                self.plan(after, Task::Hears(tab, id, attempt, Some(answer)));
            }
            (None, answer) => self.plan(after, Task::Hears(tab, id, attempt, answer)),
        }
    }

    fn see(&mut self, tab: usize, id: &EntryId, look: u32) {
        let entries = self.entries();
        let Some(entry) = entries.iter().find(|entry| entry.id == *id) else { return self.is_free(tab) };
        let is_lost = !self.online || self.server.faults > 0 && self.dice.one_in(4);
        let sight = if is_lost {
            Sight::Unreadable
        } else {
            match reconcile(entry, &self.server.comments, &taken(&entries, entry)).comment() {
                Some(found) => Sight::Found(Box::new(found.clone())),
                None => Sight::NotFound,
            }
        };
        self.happen(tab, id, Event::ReadBack { look, sight });
        self.is_free(tab);
    }

    fn press(&mut self, tab: usize, at: usize) {
        // A composer without a draft is empty, and sends nothing.
        let draft = format!("draft {at}");
        if !self.drafts.contains_key(&draft) {
            return;
        }
        let letter = self.letters[at].clone();
        let known = look_alikes(&letter, &self.server.comments);
        let entry = Entry::new(letter, String::new(), Some(draft), 60, Some(known), self.now());
        let stored = self.disk.get(&entry.id).map(|fields| decode_entry(fields).unwrap());
        if let Some(next) = hand_in(stored, entry, self.now()) {
            self.disk.insert(next.id.clone(), encode_entry(&next));
        }
        self.plan(1, Task::Turn(tab));
    }

    /// The reader looks at the page, and answers what is asked.
    fn read(&mut self) {
        let tab = self.any_tab();
        for entry in self.entries() {
            let taken = taken(&self.entries(), &entry);
            if let Some(id) = shown_up(&entry, &self.server.comments, &taken) {
                self.happen(tab, &entry.id, Event::ShownUp(id));
            }
            let is_there = || {
                // In a moderated place the thread does not tell. The reader asks the owner.
                let everywhere = [self.server.comments.as_slice(), &self.server.held].concat();
                reconcile(&entry, &everywhere, &taken).comment().is_some()
            };
            let event = match &entry.state {
                State::MaybeSent(doubt) => match doubt.question {
                    Some(_) if is_there() => Event::MarkedSent,
                    Some(Question::NotFound) => Event::AskedAgain,
                    Some(Question::Unreadable) if self.dice.one_in(2) => Event::AskedAgain,
                    Some(Question::Unreadable) | None => continue,
                },
                State::Rejected(Refusal::Duplicate) if is_there() => Event::Dismissed,
                State::Rejected(Refusal::Duplicate) => {
                    self.given_up.push(entry.letter.clone());
                    Event::Dismissed
                }
                State::Rejected(_) => Event::AskedAgain,
                State::Queued { .. } if self.dice.one_in(5) => Event::AskedAgain,
                State::Queued { .. } | State::Sending { .. } | State::Published { .. } | State::Held { .. } => continue,
            };
            self.happen(tab, &entry.id, event);
            // Impatience.
            self.happen(tab, &entry.id, Event::AskedAgain);
        }
        let (one, other) = (Task::Turn(0), Task::Turn(1));
        self.plan(1, one);
        self.plan(2, other);
        if !self.disk.is_empty() || self.time < 400_000 {
            self.plan(READER_MILLIS, Task::Reads);
        }
    }

    fn check(&self) {
        let seed = self.seed;
        assert!(self.disk.is_empty(), "seed {seed}: left {:?}", self.entries());
        for (at, letter) in self.letters.iter().enumerate() {
            let before = usize::from(at == 1 && self.had_same);
            let count = self.server.count(letter) - before;
            if self.given_up.contains(letter) {
                assert!(before == 1 && count == 0, "seed {seed}: letter {at} was refused as a double of itself");
                assert!(self.drafts.contains_key(&format!("draft {at}")), "seed {seed}: text {at} is lost");
            } else {
                assert_eq!(count, 1, "seed {seed}: letter {at} is stored so often");
                assert!(!self.drafts.contains_key(&format!("draft {at}")), "seed {seed}: draft {at} is still there");
            }
        }
    }
}

fn taken(entries: &[Entry], entry: &Entry) -> Vec<CommentId> {
    let of = |other: &Entry| match &other.state {
        State::Published { id, .. } | State::Held { id: Some(id) } if other.id != entry.id => Some(id.clone()),
        State::Published { .. }
        | State::Held { .. }
        | State::Queued { .. }
        | State::Sending { .. }
        | State::MaybeSent(_)
        | State::Rejected(_) => None,
    };
    entries.iter().filter_map(of).collect()
}

#[test]
fn ten_thousand_letters_arrive_once() {
    for seed in 0..WORLDS {
        World::new(seed).run();
    }
}
