//! The state of one composer, and what can be done with its text.

use super::check::{Fault, Field};
use super::desk::Desk;
use super::returned;
use crate::drafts::Keeper;
use crate::platform::clock::Stopwatch;
use crate::platform::listener::Timer;
use crate::platform::spawn::spawn;
use crate::platform::text_area::{self, TextArea};
use crate::platform::{clipboard, page, popover};
use crate::render::region::RegionElement;
use crate::texts::{Key, text};
use afterword_core::compose::edit::{self, Edit};
use afterword_core::draft::{Draft, SaveState};
use afterword_core::writing::{Target, Utf16};
use leptos::prelude::*;
use std::any::Any;

/// So long after the last key the preview is made anew, in milliseconds: between words, not between letters.
const PREVIEW_REST_MILLIS: i32 = 250;

/// One composer; a copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Sheet {
    pub(super) desk: Desk,
    held: StoredValue<Held, LocalStorage>,
    /// How saving goes.
    pub(super) state: ReadSignal<SaveState>,
    /// What is wrong, by field.
    pub(super) faults: RwSignal<Vec<Fault>>,
    /// What else there is to say, once.
    pub(super) note: RwSignal<Option<Note>>,
    /// How long the text is, in UTF-16 units: a measure that costs nothing.
    pub(super) units: RwSignal<usize>,
    /// Whether the preview is shown.
    pub(super) previewing: RwSignal<bool>,
    /// The text of which the preview is made.
    pub(super) previewed: RwSignal<Utf16>,
    /// What is being done with the text.
    pub(super) phase: RwSignal<Phase>,
    /// Other versions of this draft.
    pub(super) copies: RwSignal<Vec<Draft>>,
}

/// What is being done with a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    /// It is written.
    Writing,
    /// It is being handed to the outbox.
    Sending,
    /// It was handed over by the reader's hand, in this way, as far as we can know.
    Handed(Key),
}

/// Something to say below the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Note {
    /// This, in words.
    Words(String),
    /// The text was discarded; it can be brought back.
    Discarded(Utf16),
}

/// What a composer holds that nobody has to be told of.
struct Held {
    target: Target,
    keeper: Keeper,
    area: Option<TextArea>,
    form: Option<RegionElement>,
    /// The place that it was put into.
    place: RegionElement,
    /// What had the focus before.
    opener: Option<RegionElement>,
    /// Whether the text gets the focus when it is there.
    focus: bool,
    opened: Stopwatch,
    /// Whether the trap for robots let the text through once.
    passed: bool,
    mounted: Option<Box<dyn Any>>,
    rest: Option<Timer>,
    /// Whether it is on its way out of the page: nothing is kept from here any more.
    closed: bool,
}

impl Sheet {
    /// The state of a new composer; belongs to the scope that asks.
    pub(super) fn new(
        desk: Desk,
        target: Target,
        place: RegionElement,
        opener: Option<RegionElement>,
        focus: bool,
    ) -> Option<Self> {
        let keeper = desk.drafts.keep(desk.place(target.clone())?, desk.context(&target));
        let (state, following) = (keeper.state(), keeper.clone());
        let held = Held {
            target,
            keeper,
            area: None,
            form: None,
            place,
            opener,
            focus,
            opened: Stopwatch::start(),
            passed: false,
            mounted: None,
            rest: None,
            closed: false,
        };
        let sheet = Self {
            desk,
            held: StoredValue::new_local(held),
            state,
            faults: RwSignal::new(Vec::new()),
            note: RwSignal::new(None),
            units: RwSignal::new(0),
            previewing: RwSignal::new(false),
            previewed: RwSignal::new(Utf16::default()),
            phase: RwSignal::new(Phase::Writing),
            copies: RwSignal::new(Vec::new()),
        };
        sheet.follow(&following);
        Some(sheet)
    }

    fn with<T>(&self, with: impl FnOnce(&mut Held) -> T) -> Option<T> {
        self.held.try_update_value(with)
    }

    /// What is written for; `None` once the composer is gone.
    pub(super) fn target(&self) -> Option<Target> {
        self.with(|held| held.target.clone())
    }

    /// What keeps the draft, as long as the composer is open.
    pub(super) fn keeper(&self) -> Option<Keeper> {
        self.with(|held| (!held.closed).then(|| held.keeper.clone())).flatten()
    }

    pub(super) fn area(&self) -> Option<TextArea> {
        self.with(|held| held.area.clone()).flatten()
    }

    pub(super) fn form(&self) -> Option<RegionElement> {
        self.with(|held| held.form.clone()).flatten()
    }

    pub(super) fn set_mounted(&self, mounted: Box<dyn Any>) {
        self.with(|held| held.mounted = Some(mounted));
    }

    pub(super) fn set_form(&self, form: RegionElement) {
        self.with(|held| held.form = Some(form));
    }

    /// The field is in the page: it gets the focus if somebody asked for the composer, and what was kept.
    pub(super) fn set_area(&self, area: TextArea) {
        let focus = self.with(|held| {
            held.area = Some(area);
            held.focus
        });
        if focus == Some(true) {
            self.focus();
        }
        self.restore();
    }

    /// An id for a part of this composer: there may be several on a page.
    pub(super) fn id_of(&self, part: &str) -> String {
        match self.target() {
            Some(Target::Reply(id)) => format!("{part}-reply-{}", id.element_id()),
            Some(Target::Edit(id)) => format!("{part}-edit-{}", id.element_id()),
            Some(Target::Thread) | None => format!("{part}-thread"),
        }
    }

    /// The text as it stands in the field.
    pub(super) fn text(&self) -> Utf16 {
        self.area().map(|area| area.text()).unwrap_or_default()
    }

    /// Puts in what was waiting for this composer.
    pub(super) fn take_waiting(&self, target: &Target) {
        for block in self.desk.take_waiting(target) {
            self.insert_block(&block);
        }
    }

    /// Selects all of the text.
    pub(super) fn select_all(&self) {
        if let Some(area) = self.area() {
            area.focus();
            area.select(0, length(&area.text().0));
        }
    }

    /// Shows a text that is not kept yet, and keeps it. The focus stays where it is.
    pub(super) fn fill(&self, text: &Utf16) {
        if let Some(area) = self.area() {
            text_area::in_place(&area.element(), || area.set_text(text));
            let end = length(&text.0);
            area.select(end, end);
            self.typed();
        }
    }

    /// The draft was discarded elsewhere on the page: nothing of it is left here, and nothing is kept again.
    pub(super) fn empty(&self) {
        self.fill(&Utf16::default());
    }

    /// Makes the preview anew once typing rests.
    pub(super) fn preview_soon(&self) {
        let sheet = *self;
        let rest = Timer::start(PREVIEW_REST_MILLIS, move || sheet.preview_now());
        self.with(|held| held.rest = Some(rest));
    }

    pub(super) fn preview_now(&self) {
        let text = self.text();
        if self.previewed.try_with_untracked(|before| *before != text) == Some(true) {
            self.previewed.set(text);
        }
    }

    /// Changes the text as if it had been typed, so that the browser's own undo takes it back.
    pub(super) fn apply(&self, edit: &Edit) {
        if let Some(area) = self.area() {
            area.replace(edit.replace.clone(), &edit.with.0, edit.select.clone());
        }
    }

    /// Puts a block of text where the caret is, as paragraphs of its own.
    pub(super) fn insert_block(&self, block: &Utf16) {
        let Some(area) = self.area() else { return };
        let (start, end) = area.selection();
        self.apply(&edit::insert_block(&area.text().0, start..end, &block.to_text()));
    }

    /// Puts a text behind what is there, as paragraphs of its own, with the caret behind it.
    pub(super) fn append(&self, text: &Utf16) {
        let all = self.text();
        let end = length(&all.0);
        self.apply(&edit::insert_block(&all.0, end..end, &text.to_text()));
    }

    /// All of the text becomes another one; the browser's undo takes that back.
    pub(super) fn set_all(&self, text: &Utf16) {
        let end = length(&text.0);
        if let Some(area) = self.area() {
            area.replace(0..length(&area.text().0), &text.0, end..end);
        }
    }

    /// What is wrong with a field, in words.
    pub(super) fn fault(&self, field: Field) -> Option<String> {
        self.faults.with(|faults| faults.iter().find(|fault| fault.field == field).map(|fault| fault.words.clone()))
    }

    /// A field is being changed: what was wrong with it is not said any longer.
    pub(super) fn mended(&self, field: Field) {
        if self.faults.with_untracked(|faults| faults.iter().any(|fault| fault.field == field)) {
            self.faults.update(|faults| faults.retain(|fault| fault.field != field));
        }
    }

    /// Says what is wrong, and leads to the first of it.
    pub(super) fn complain(&self, faults: Vec<Fault>) {
        let Some(first) = faults.first().cloned() else { return };
        let said = faults.iter().map(|fault| fault.words.as_str()).collect::<Vec<_>>().join(" ");
        self.faults.set(faults);
        self.desk.conversation.session().say(&said);
        match first.field {
            Field::Text => self.focus(),
            Field::Name => self.focus_part(".composer-name"),
            Field::Email => self.focus_part(".composer-email"),
            Field::Website => self.focus_part(".composer-website"),
        }
    }

    fn focus_part(&self, selector: &str) {
        if let Some(form) = self.form() {
            crate::platform::panel::focus_within(&form, selector);
        }
    }

    /// Says something below the text, and to those who listen.
    pub(super) fn say(&self, words: String) {
        self.desk.conversation.session().say(&words);
        self.note.try_set(Some(Note::Words(words)));
    }

    /// Gives the focus to the text, and has it on the screen.
    pub(super) fn focus(&self) {
        if self.previewing.try_get_untracked() == Some(true) && !self.is_wide() {
            self.previewing.set(false);
        }
        let Some(area) = self.area() else { return };
        area.focus();
        text_area::reveal(&area.element());
    }

    /// The reader is at work here: the row that it is in is not moved.
    pub(super) fn is_used(&self) {
        if let Some(target) = self.target() {
            self.desk.conversation.writes_in(&target);
        }
    }

    /// Whether text and preview stand beside each other.
    pub(super) fn is_wide(&self) -> bool {
        self.form().is_some_and(|form| text_area::width(&form) >= super::WIDE)
    }

    /// How many milliseconds ago it was opened.
    pub(super) fn open_for(&self) -> f64 {
        self.with(|held| held.opened.millis()).unwrap_or_default()
    }

    /// Whether the trap let it through before; from now on it has.
    pub(super) fn pass(&self) -> bool {
        self.with(|held| std::mem::replace(&mut held.passed, true)).unwrap_or_default()
    }

    /// Copies the text for the reader, and says how that went.
    pub(super) fn copy(&self, done: Key) {
        let (sheet, text) = (*self, self.text());
        clipboard::copy(&text.to_text(), move |copied| {
            if copied {
                sheet.say(crate::texts::text(done).to_owned());
            } else {
                sheet.select_all();
                sheet.say(crate::texts::text(Key::ComposeCopyFailed).to_owned());
            }
        });
    }

    /// Takes the text away. It can be brought back, by a button and by the browser's own undo.
    pub(super) fn discard(&self) {
        let all = self.text();
        let (sheet, Some(keeper)) = (*self, self.keeper()) else { return };
        if all.0.is_empty() {
            return self.close();
        }
        self.set_all(&Utf16::default());
        returned::dismiss(*self, None);
        self.note.set(Some(Note::Discarded(all)));
        self.phase.set(Phase::Writing);
        self.desk.conversation.session().say(text(Key::ComposeDiscarded));
        spawn(async move {
            keeper.discard().await;
            sheet.desk.recount();
        });
    }

    /// Brings back what was discarded.
    pub(super) fn undo_discard(&self) {
        if let Some(Note::Discarded(text)) = self.note.try_get_untracked().flatten() {
            self.note.set(None);
            self.set_all(&text);
        }
    }

    /// Opens the list of all drafts.
    pub(super) fn open_list(&self) {
        self.left();
        super::list::open(self.desk.conversation);
    }

    /// Closes the composer; the draft stays.
    pub(super) fn cancel(&self) {
        let kept = !self.text().is_blank();
        self.left();
        returned::dismiss(*self, None);
        let said = text(if kept { Key::ComposeCancelled } else { Key::ComposeClosedEmpty });
        self.desk.conversation.session().say(said);
        self.close();
    }

    /// Takes the composer out of the page.
    pub(super) fn close(&self) {
        let Some(target) = self.target() else { return };
        let had_focus = self.form().is_some_and(|form| text_area::has_focus(&form));
        self.desk.remove(&target);
        let taken = self.with(|held| {
            held.closed = true;
            (held.mounted.take(), held.opener.take(), held.place.clone())
        });
        let Some((mounted, opener, place)) = taken else { return };
        // Not while one of its own listeners is running.
        spawn(async move {
            text_area::in_place(&place, || {
                drop(mounted);
                page::set_class(&place, super::panel::WRITING, false);
            });
            if let Some(opener) = opener.filter(|_| had_focus) {
                popover::focus(&opener);
            }
        });
    }
}

/// How long a text is, as the browser counts.
pub(super) fn length(units: &[u16]) -> u32 {
    u32::try_from(units.len()).unwrap_or(u32::MAX)
}
