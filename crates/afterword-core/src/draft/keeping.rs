//! The machine of one open composer: when to save, when to read, and what to say.
//!
//! Events come in, effects go out; time is an argument. Never are two saves under way. What it says is true: "saved" only
//! once the database has said so, and for just the text that is shown.

use super::{Attempt, Context, Draft, DraftId, Settled, Shown, Stamp, StorageError, WriterId};
use crate::time::Timestamp;
use crate::writing::{Place, Utf16};

/// Words are saved at most so many milliseconds after the first that is not: what a killed browser may cost is this and the
/// time of a save, together well below a second.
pub const SAVE_DELAY_MILLIS: i64 = 300;

/// A caret that was moved is worth less than a word, and moves with each arrow key.
pub const CARET_DELAY_MILLIS: i64 = 2_000;

/// What failed is tried again after one second, then twice as long each time, up to this: somebody who makes room should
/// not wait for long, and half a minute costs no battery.
pub const RETRY_MILLIS_MAX: i64 = 30_000;

/// The first wait after a failure.
const RETRY_MILLIS: i64 = 1_000;

/// What happened.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// The composer was opened.
    Opened,
    /// The reader typed, or moved the caret or the text.
    Edited(Shown),
    /// The reader may be about to leave: save at once.
    Flushed,
    /// The reader throws the text away.
    Discarded,
    /// The time of the last [`Effect::Wake`] has come.
    TimeCame,
    /// The save that was asked for came to this end, and is on the disk.
    Saved(Settled),
    /// The save that was asked for has failed.
    NotSaved(StorageError),
    /// Somebody else has written, or may have written, what this composer shows.
    Told,
    /// Somebody else has taken away what this composer shows.
    ToldRemoved,
    /// The reader wants everything on this device forgotten.
    Forgotten,
    /// The record that was asked for under this number, or `None` where there is none that can be read.
    Loaded(u32, Option<Draft>),
    /// Reading it has failed.
    NotLoaded(u32, StorageError),
}

/// What is to be done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Read the record with this id, and answer with [`Event::Loaded`] or [`Event::NotLoaded`] under this number.
    Load(u32, DraftId),
    /// Save: settle this in one transaction, and answer with [`Event::Saved`] or [`Event::NotSaved`].
    Save(Box<Attempt>),
    /// Answer with [`Event::TimeCame`] after so many milliseconds; it takes the place of an earlier one.
    Wake(i64),
    /// Show this text instead of the one that is shown.
    Show(Shown),
    /// Tell other tabs that the record with this id was written.
    Tell(DraftId),
    /// Tell other tabs that it was taken away.
    TellRemoved(DraftId),
}

/// What a reader is told of their text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SaveState {
    /// Nothing is written, and nothing kept.
    Empty,
    /// Not all of it is kept yet.
    Unsaved,
    /// All of it is kept on this device.
    Saved,
    /// It is not kept, for this reason; it is tried again.
    NotSaved(StorageError),
    /// All of it is kept on this device, and another tab has to do with it.
    Elsewhere(Elsewhere),
}

/// What another tab has to do with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Elsewhere {
    /// Another tab has changed the draft; that text is shown now.
    Followed,
    /// Another tab has written another text here. Both are kept: the other one as the draft, this one as a copy.
    Parted,
}

/// One composer's part in keeping its text.
#[derive(Clone, Debug)]
pub struct Keeping {
    writer: WriterId,
    place: Place,
    context: Context,
    id: DraftId,
    /// What is stored under the id, as far as is known here.
    base: Option<(Stamp, Utf16)>,
    shown: Shown,
    modified: Option<Timestamp>,
    /// How many saves there were.
    version: u32,
    /// How many readings there were; answers to earlier ones are out of date.
    load: u32,
    opened: bool,
    /// The save that is under way.
    saving: Option<Box<Attempt>>,
    /// Whether another is wanted at once when it has ended.
    flush: bool,
    /// When the first change was made that no save has taken.
    unsaved_since: Option<i64>,
    caret_since: Option<i64>,
    failure: Option<Failure>,
    elsewhere: Option<Elsewhere>,
    removal_told: bool,
    /// Whether something was told while a save was under way, and may have happened after it.
    look_again: bool,
}

#[derive(Clone, Copy, Debug)]
struct Failure {
    why: StorageError,
    times: u32,
    retry_at: i64,
}

impl Keeping {
    /// A composer at a place, with nothing read yet.
    pub fn new(writer: WriterId, place: Place, context: Context) -> Self {
        Self {
            writer,
            id: DraftId::of(&place),
            place,
            context,
            base: None,
            shown: Shown::default(),
            modified: None,
            version: 0,
            load: 0,
            opened: false,
            saving: None,
            flush: false,
            unsaved_since: None,
            caret_since: None,
            failure: None,
            elsewhere: None,
            removal_told: false,
            look_again: false,
        }
    }

    /// Where its text is kept.
    pub fn id(&self) -> &DraftId {
        &self.id
    }

    /// The place that it writes at.
    pub fn place(&self) -> &Place {
        &self.place
    }

    /// What it shows.
    pub fn shown(&self) -> &Shown {
        &self.shown
    }

    /// Whether the record has been read, or was found to be missing.
    pub fn is_opened(&self) -> bool {
        self.opened
    }

    /// Whether words are shown that are not stored, or stored words are shown no more.
    pub fn has_unsaved_words(&self) -> bool {
        match &self.base {
            Some((_, text)) => *text != self.shown.text,
            None => !self.shown.text.0.is_empty(),
        }
    }

    /// Whether anything waits to be saved or is being saved.
    pub fn is_settled(&self) -> bool {
        self.saving.is_none() && !self.has_unsaved_words()
    }

    /// Whether a save is under way.
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// What it shows as a draft, for undoing; `None` where that is empty.
    pub fn draft(&self) -> Option<Draft> {
        let stamp = Stamp { writer: self.writer, version: self.version };
        let draft = Draft {
            id: self.id.clone(),
            place: self.place.clone(),
            context: self.context.clone(),
            shown: self.shown.clone(),
            modified: self.modified,
            stamp,
        };
        (!draft.shown.text.0.is_empty()).then_some(draft)
    }

    /// What the reader is to be told.
    pub fn state(&self) -> SaveState {
        let failed = self.failure.map(|failure| SaveState::NotSaved(failure.why));
        if self.has_unsaved_words() {
            return failed.unwrap_or(SaveState::Unsaved);
        }
        // While the text is read, a failure is told even before the first word: there may be more than is seen.
        if !self.opened
            && let Some(failed) = failed
        {
            return failed;
        }
        match self.elsewhere {
            Some(elsewhere) => SaveState::Elsewhere(elsewhere),
            None if self.shown.text.0.is_empty() => SaveState::Empty,
            None => SaveState::Saved,
        }
    }

    /// Takes in what happened, at a time in milliseconds since 1970; gives what is to be done.
    pub fn on_event(&mut self, event: Event, now: i64) -> Vec<Effect> {
        match event {
            Event::Opened => self.read(),
            Event::Edited(shown) => self.edited(shown, now),
            Event::Flushed if self.saving.is_some() => {
                self.flush = true;
                Vec::new()
            }
            Event::Flushed => self.save_or_plan(now, true),
            Event::Discarded => {
                let mut effects = self.edited(Shown::default(), now);
                effects.extend(self.on_event(Event::Flushed, now));
                effects
            }
            Event::TimeCame => self.time_came(now),
            Event::Saved(settled) => self.saved(settled, now),
            Event::NotSaved(why) => self.not_saved(why, now),
            Event::Told => self.told(false),
            Event::ToldRemoved => self.told(true),
            Event::Forgotten => self.forget(),
            Event::Loaded(load, found) if load == self.load => self.loaded(found, now),
            Event::NotLoaded(load, why) if load == self.load => {
                self.fail(why, now);
                self.plan(now)
            }
            Event::Loaded(..) | Event::NotLoaded(..) => Vec::new(),
        }
    }

    fn read(&mut self) -> Vec<Effect> {
        self.load += 1;
        vec![Effect::Load(self.load, self.id.clone())]
    }

    fn edited(&mut self, shown: Shown, now: i64) -> Vec<Effect> {
        if shown.text != self.shown.text {
            self.modified = Timestamp::from_millis(now);
            self.unsaved_since = earlier(self.unsaved_since, now);
            self.elsewhere = self.elsewhere.filter(|elsewhere| *elsewhere == Elsewhere::Parted);
        } else if shown != self.shown {
            self.caret_since = earlier(self.caret_since, now);
        }
        self.shown = shown;
        self.forget_when_saved();
        self.plan(now)
    }

    /// Text that is as it is stored has nothing to wait for, whoever brought it there.
    fn forget_when_saved(&mut self) {
        if self.saving.is_none() && !self.has_unsaved_words() {
            self.unsaved_since = None;
        }
    }

    fn time_came(&mut self, now: i64) -> Vec<Effect> {
        if self.failure.is_some() && !self.opened && !self.has_unsaved_words() {
            return self.read();
        }
        self.save_or_plan(now, false)
    }

    /// When the next save is due, if one is wanted.
    fn due(&self) -> Option<i64> {
        let words = self
            .unsaved_since
            .filter(|_| self.has_unsaved_words())
            .map(|since| since.saturating_add(SAVE_DELAY_MILLIS));
        // Of an empty text, or one that is stored nowhere, the caret is not worth a record.
        let caret =
            self.caret_since.filter(|_| self.base.is_some()).map(|since| since.saturating_add(CARET_DELAY_MILLIS));
        let wanted = words.into_iter().chain(caret).min();
        match self.failure {
            Some(failure) if wanted.is_some() || !self.opened => Some(failure.retry_at),
            Some(_) | None => wanted,
        }
    }

    /// Asks to be woken when the next save is due.
    fn plan(&mut self, now: i64) -> Vec<Effect> {
        if self.saving.is_some() {
            return Vec::new();
        }
        self.due().map(|due| Effect::Wake(due.saturating_sub(now).clamp(0, RETRY_MILLIS_MAX))).into_iter().collect()
    }

    /// Saves if that is due, or wanted at once; else plans.
    fn save_or_plan(&mut self, now: i64, at_once: bool) -> Vec<Effect> {
        let due = self.due();
        if self.saving.is_some() || !due.is_some_and(|due| at_once || due <= now) {
            return self.plan(now);
        }
        self.version = self.version.saturating_add(1);
        // What is being read is older than what is being written.
        self.load += 1;
        self.unsaved_since = None;
        self.caret_since = None;
        self.flush = false;
        self.removal_told = false;
        let attempt = Box::new(Attempt {
            id: self.id.clone(),
            place: self.place.clone(),
            context: self.context.clone(),
            shown: self.shown.clone(),
            modified: self.modified,
            stamp: Stamp { writer: self.writer, version: self.version },
            base: self.base.as_ref().map(|(stamp, _)| *stamp),
            words_changed: self.has_unsaved_words(),
        });
        self.saving = Some(attempt.clone());
        vec![Effect::Save(attempt)]
    }

    fn saved(&mut self, settled: Settled, now: i64) -> Vec<Effect> {
        let Some(attempt) = self.saving.take() else { return Vec::new() };
        self.failure = None;
        self.opened = true;
        let mut effects = Vec::new();
        match settled {
            Settled::Written(draft) => {
                effects.push(Effect::Tell(draft.id.clone()));
                self.stored(draft);
            }
            Settled::Adopted(draft) => self.stored(draft),
            Settled::Parted(draft) => {
                effects.push(Effect::Tell(draft.id.clone()));
                self.elsewhere = Some(Elsewhere::Parted);
                self.stored(draft);
                // What was told of the copy before its name was known here was not heard.
                self.look_again = true;
            }
            Settled::Removed => {
                effects.push(Effect::TellRemoved(attempt.id));
                self.nothing_stored();
            }
            Settled::Nothing => self.nothing_stored(),
            // Who has typed since has words of their own: the next save finds the two texts apart, and keeps both.
            Settled::Followed(draft) if self.shown.text == attempt.shown.text => effects.push(self.follow(draft)),
            Settled::Followed(_) => {}
        }
        self.unsaved_since.get_or_insert(now);
        self.forget_when_saved();
        let flush = std::mem::take(&mut self.flush);
        effects.extend(self.save_or_plan(now, flush));
        if self.look_again && self.is_settled() {
            self.look_again = false;
            effects.extend(self.read());
        }
        effects
    }

    fn stored(&mut self, draft: Draft) {
        self.id = draft.id;
        self.base = Some((draft.stamp, draft.shown.text));
    }

    /// Nothing is stored under the id any more; what is written next is the draft of the place again.
    fn nothing_stored(&mut self) {
        self.look_again = false;
        self.id = DraftId::of(&self.place);
        self.base = None;
        self.elsewhere = None;
    }

    fn not_saved(&mut self, why: StorageError, now: i64) -> Vec<Effect> {
        let Some(attempt) = self.saving.take() else { return Vec::new() };
        self.fail(why, now);
        self.flush = false;
        if attempt.words_changed {
            self.unsaved_since = Some(now);
        } else {
            self.caret_since = Some(now);
        }
        self.plan(now)
    }

    fn fail(&mut self, why: StorageError, now: i64) {
        let times = self.failure.map_or(0, |failure| failure.times);
        let wait = RETRY_MILLIS.saturating_mul(1 << times.min(16)).min(RETRY_MILLIS_MAX);
        self.failure = Some(Failure { why, times: times.saturating_add(1), retry_at: now.saturating_add(wait) });
    }

    fn told(&mut self, removed: bool) -> Vec<Effect> {
        self.removal_told |= removed;
        // Whoever has words of their own finds out when they are saved.
        if self.saving.is_some() || self.has_unsaved_words() {
            self.look_again |= self.saving.is_some();
            return Vec::new();
        }
        self.read()
    }

    fn forget(&mut self) -> Vec<Effect> {
        self.load += 1;
        // Its end is of no interest: whoever forgets takes away what it wrote.
        self.saving = None;
        self.failure = None;
        self.nothing_stored();
        self.shown = Shown::default();
        vec![Effect::Show(Shown::default())]
    }

    fn loaded(&mut self, found: Option<Draft>, now: i64) -> Vec<Effect> {
        let first = !std::mem::replace(&mut self.opened, true);
        let removal_told = std::mem::take(&mut self.removal_told);
        if self.has_unsaved_words() || self.saving.is_some() {
            return self.plan(now);
        }
        self.failure = None;
        match (found, &self.base) {
            (Some(found), Some((stamp, _))) if found.stamp == *stamp => Vec::new(),
            (Some(found), Some((_, text))) if found.shown.text == *text => {
                self.stored(found);
                Vec::new()
            }
            (Some(found), _) => {
                let show = self.follow(found);
                if first {
                    self.elsewhere = None;
                }
                vec![show]
            }
            (None, None) => Vec::new(),
            (None, Some(_)) if removal_told => {
                self.nothing_stored();
                self.shown = Shown::default();
                self.elsewhere = Some(Elsewhere::Followed);
                vec![Effect::Show(Shown::default())]
            }
            // Nobody said that they took it away, so the browser lost it. It is here still.
            (None, Some(_)) => {
                self.base = None;
                self.unsaved_since = Some(now);
                self.save_or_plan(now, true)
            }
        }
    }

    /// Shows what another tab has stored.
    fn follow(&mut self, draft: Draft) -> Effect {
        self.elsewhere = Some(Elsewhere::Followed);
        self.unsaved_since = None;
        self.caret_since = None;
        self.modified = draft.modified;
        self.shown = draft.shown.clone();
        self.stored(draft);
        Effect::Show(self.shown.clone())
    }
}

/// The time of the first change, when there is another. A clock that was set back must not put a save off.
fn earlier(since: Option<i64>, now: i64) -> Option<i64> {
    Some(since.map_or(now, |since| since.min(now)))
}
