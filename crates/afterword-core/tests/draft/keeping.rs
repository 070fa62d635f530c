//! The machine of one composer, event by event.

use super::{draft, place, shown, stamp};
use afterword_core::draft::{CARET_DELAY_MILLIS, Draft, DraftId, Effect, Elsewhere, Event, Keeping, RETRY_MILLIS_MAX};
use afterword_core::draft::{SAVE_DELAY_MILLIS, SaveState, Settled, Shown, StorageError, WriterId, settle};
use afterword_core::ids::CommentId;
use afterword_core::writing::Target;

const T: i64 = 1_700_000_000_000;
/// The writer of the composer that is tested.
const ME: u64 = 7;

fn target() -> Target {
    Target::Reply(CommentId::new("7 a"))
}

/// A composer that has read what is stored.
fn opened(stored: Option<&Draft>) -> Keeping {
    let mut machine = Keeping::new(WriterId(ME), place(target()), draft("", stamp(0, 0)).context);
    assert_eq!(machine.on_event(Event::Opened, T), [Effect::Load(1, id())]);
    assert!(!machine.is_opened());
    machine.on_event(Event::Loaded(1, stored.cloned()), T);
    assert!(machine.is_opened());
    machine
}

fn id() -> DraftId {
    DraftId::of(&place(target()))
}

fn theirs(text: &str) -> Draft {
    draft(text, stamp(1, 4))
}

/// One that shows a text of theirs.
fn following(text: &str) -> Keeping {
    opened(Some(&theirs(text)))
}

fn typed(machine: &mut Keeping, text: &str, now: i64) -> Vec<Effect> {
    machine.on_event(Event::Edited(shown(text)), now)
}

/// Saves at once, over what is stored.
fn save(machine: &mut Keeping, stored: Option<&Draft>, now: i64) -> (Settled, Vec<Effect>) {
    let effects = machine.on_event(Event::Flushed, now);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    let settled = settle(stored, attempt);
    (settled.clone(), machine.on_event(Event::Saved(settled), now))
}

#[test]
fn an_empty_composer_at_an_empty_place_wants_nothing() {
    let mut machine = opened(None);
    assert_eq!(machine.state(), SaveState::Empty);
    assert_eq!(machine.on_event(Event::Flushed, T), []);
    assert_eq!(machine.on_event(Event::TimeCame, T), []);
    assert_eq!(machine.on_event(Event::Edited(Shown::default()), T), []);
    let caret = Shown { selection: (0, 0), scroll: 3.0, ..Shown::default() };
    assert_eq!(machine.on_event(Event::Edited(caret), T), []);
    assert!(machine.is_settled() && machine.draft().is_none());
    assert_eq!((machine.id(), machine.place()), (&id(), &place(target())));
}

#[test]
fn what_is_kept_is_shown_on_opening() {
    let mut machine = Keeping::new(WriterId(ME), place(target()), Default::default());
    machine.on_event(Event::Opened, T);
    let effects = machine.on_event(Event::Loaded(1, Some(theirs("soup"))), T);
    assert_eq!(effects, [Effect::Show(shown("soup"))]);
    assert_eq!((machine.state(), machine.shown()), (SaveState::Saved, &shown("soup")));
    assert!(machine.is_settled());
}

#[test]
fn words_are_saved_in_time_and_no_two_saves_are_under_way() {
    let mut machine = opened(None);
    assert_eq!(typed(&mut machine, "s", T), [Effect::Wake(SAVE_DELAY_MILLIS)]);
    assert_eq!(machine.state(), SaveState::Unsaved);
    assert_eq!(typed(&mut machine, "so", T + 200), [Effect::Wake(100)], "the first unsaved key counts");
    assert_eq!(machine.on_event(Event::TimeCame, T + 299), [Effect::Wake(1)], "too early");
    let effects = machine.on_event(Event::TimeCame, T + 300);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(attempt.shown, shown("so"));
    assert_eq!((attempt.stamp, attempt.base, attempt.words_changed), (stamp(ME, 1), None, true));
    assert!(machine.is_saving() && !machine.is_settled());
    assert_eq!(typed(&mut machine, "sou", T + 310), []);
    assert_eq!(machine.on_event(Event::TimeCame, T + 320), []);
    let settled = settle(None, attempt);
    let effects = machine.on_event(Event::Saved(settled.clone()), T + 400);
    assert_eq!(effects, [Effect::Tell(id()), Effect::Wake(210)], "300 ms from the key that was not in it");
    assert_eq!(machine.state(), SaveState::Unsaved);
    let effects = machine.on_event(Event::TimeCame, T + 610);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((attempt.stamp, attempt.base), (stamp(ME, 2), Some(stamp(ME, 1))));
    let Settled::Written(stored) = settled else { panic!() };
    assert_eq!(machine.on_event(Event::Saved(settle(Some(&stored), attempt)), T + 620), [Effect::Tell(id())]);
    assert_eq!(machine.state(), SaveState::Saved);
    assert_eq!(machine.on_event(Event::Saved(Settled::Nothing), T + 630), [], "an answer to nothing");
    assert_eq!(machine.on_event(Event::NotSaved(StorageError::Full), T + 630), []);
    assert_eq!(machine.state(), SaveState::Saved);
}

#[test]
fn who_may_be_leaving_is_saved_at_once_also_behind_a_save() {
    let mut machine = opened(None);
    typed(&mut machine, "so", T);
    let effects = machine.on_event(Event::Flushed, T + 1);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    typed(&mut machine, "soup", T + 2);
    assert_eq!(machine.on_event(Event::Flushed, T + 3), []);
    let effects = machine.on_event(Event::Saved(settle(None, attempt)), T + 4);
    let [Effect::Tell(_), Effect::Save(second)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(second.shown, shown("soup"));
    assert_eq!(machine.draft().map(|draft| draft.shown), Some(shown("soup")));
}

#[test]
fn a_text_that_is_typed_back_to_what_is_kept_wants_no_save() {
    let mut machine = following("soup");
    assert_eq!(typed(&mut machine, "soups", T), [Effect::Wake(SAVE_DELAY_MILLIS)]);
    assert_eq!(typed(&mut machine, "soup", T + 100), []);
    assert_eq!(machine.on_event(Event::TimeCame, T + 300), []);
    assert_eq!(machine.state(), SaveState::Saved);
    assert_eq!(typed(&mut machine, "soupe", T + 900), [Effect::Wake(SAVE_DELAY_MILLIS)], "counted anew");
}

#[test]
fn a_caret_is_saved_later_and_is_no_unsaved_word() {
    let mut machine = following("soup");
    let moved = Shown { selection: (2, 2), ..shown("soup") };
    assert_eq!(machine.on_event(Event::Edited(moved.clone()), T), [Effect::Wake(CARET_DELAY_MILLIS)]);
    assert_eq!(machine.on_event(Event::Edited(moved.clone()), T + 500), [Effect::Wake(CARET_DELAY_MILLIS - 500)]);
    assert_eq!(machine.state(), SaveState::Saved);
    assert_eq!(typed(&mut machine, "soups", T + 600), [Effect::Wake(SAVE_DELAY_MILLIS)], "words are more urgent");
    assert_eq!(machine.on_event(Event::Edited(moved), T + 700), [Effect::Wake(CARET_DELAY_MILLIS - 700)]);
    let effects = machine.on_event(Event::TimeCame, T + CARET_DELAY_MILLIS);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert!(!attempt.words_changed);
    assert_eq!(attempt.shown.selection, (2, 2));
    assert!(!machine.is_settled(), "it is under way");
    assert_eq!(machine.on_event(Event::NotSaved(StorageError::Failed), T + 3000), [Effect::Wake(1000)]);
    assert_eq!(machine.state(), SaveState::Saved, "the words are kept");
}

#[test]
fn an_emptied_text_is_deleted() {
    let stored = theirs("soup");
    let mut machine = following("soup");
    typed(&mut machine, "", T);
    assert_eq!(machine.state(), SaveState::Unsaved, "it is there still");
    let (settled, effects) = save(&mut machine, Some(&stored), T + 1);
    assert_eq!((settled, effects), (Settled::Removed, vec![Effect::TellRemoved(id())]));
    assert_eq!(machine.state(), SaveState::Empty);
    typed(&mut machine, "s", T + 2);
    let effects = machine.on_event(Event::Flushed, T + 2);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    typed(&mut machine, "", T + 3);
    assert_eq!((attempt.base, attempt.stamp), (None, stamp(ME, 2)));
    let effects = machine.on_event(Event::NotSaved(StorageError::Full), T + 4);
    assert_eq!((machine.state(), effects), (SaveState::Empty, vec![]), "nothing to save, nothing to try again");
}

#[test]
fn failures_are_told_at_once_and_tried_again_ever_more_slowly() {
    let mut machine = opened(None);
    let (mut now, mut waits) = (T, Vec::new());
    typed(&mut machine, "soup", now);
    for _ in 0..40 {
        now += 50_000;
        let effects = machine.on_event(Event::TimeCame, now);
        assert!(matches!(effects.as_slice(), [Effect::Save(_)]), "{effects:?}");
        let effects = machine.on_event(Event::NotSaved(StorageError::Full), now);
        let [Effect::Wake(millis)] = effects.as_slice() else { panic!("{effects:?}") };
        waits.push(*millis);
        assert_eq!(machine.state(), SaveState::NotSaved(StorageError::Full));
    }
    assert_eq!(waits[..6], [1_000, 2_000, 4_000, 8_000, 16_000, RETRY_MILLIS_MAX]);
    assert!(waits[6..].iter().all(|wait| *wait == RETRY_MILLIS_MAX));
    assert_eq!(typed(&mut machine, "soups", now + 10_000), [Effect::Wake(20_000)], "typing makes it no faster");
    assert_eq!(machine.state(), SaveState::NotSaved(StorageError::Full));
    let (_, effects) = save(&mut machine, None, now + 10_001);
    assert_eq!(effects, [Effect::Tell(id())]);
    assert_eq!(machine.state(), SaveState::Saved);
    typed(&mut machine, "soup!", now + 20_000);
    machine.on_event(Event::Flushed, now + 20_000);
    assert_eq!(
        machine.on_event(Event::NotSaved(StorageError::Full), now + 20_000),
        [Effect::Wake(1_000)],
        "counted anew"
    );
}

#[test]
fn a_flush_behind_a_save_that_fails_waits_as_all_do() {
    let mut machine = opened(None);
    typed(&mut machine, "soup", T);
    machine.on_event(Event::Flushed, T);
    machine.on_event(Event::Flushed, T);
    assert_eq!(machine.on_event(Event::NotSaved(StorageError::Blocked), T), [Effect::Wake(1_000)]);
    let (_, effects) = save(&mut machine, None, T + 1);
    assert_eq!(effects, [Effect::Tell(id())], "the flush was used up");
    typed(&mut machine, "soups", T + 2);
    assert_eq!(machine.on_event(Event::TimeCame, T + 3), [Effect::Wake(299)]);
}

#[test]
fn storage_that_cannot_be_read_is_told_before_the_first_word_and_tried_again() {
    let mut machine = Keeping::new(WriterId(ME), place(target()), Default::default());
    machine.on_event(Event::Opened, T);
    assert_eq!(machine.on_event(Event::NotLoaded(1, StorageError::Blocked), T), [Effect::Wake(1_000)]);
    assert_eq!(machine.state(), SaveState::NotSaved(StorageError::Blocked));
    assert_eq!(machine.on_event(Event::TimeCame, T + 1_000), [Effect::Load(2, id())]);
    assert_eq!(machine.on_event(Event::NotLoaded(1, StorageError::Full), T + 1_000), [], "an answer to the first");
    assert_eq!(machine.on_event(Event::NotLoaded(2, StorageError::Missing), T + 1_001), [Effect::Wake(2_000)]);
    assert_eq!(machine.state(), SaveState::NotSaved(StorageError::Missing));
    let effects = typed(&mut machine, "soup", T + 1_002);
    assert_eq!(effects, [Effect::Wake(1_999)]);
    let effects = machine.on_event(Event::TimeCame, T + 3_001);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    let settled = settle(Some(&theirs("old")), attempt);
    let effects = machine.on_event(Event::Saved(settled), T + 3_002);
    assert!(matches!(effects.as_slice(), [Effect::Tell(_), Effect::Load(..)]), "{effects:?}");
    assert_eq!(machine.state(), SaveState::Elsewhere(Elsewhere::Parted), "what was never read is not overwritten");
    assert!(machine.is_opened());
}

#[test]
fn a_failed_reading_later_is_of_no_weight_while_all_is_kept() {
    let mut machine = following("soup");
    assert_eq!(machine.on_event(Event::Told, T), [Effect::Load(2, id())]);
    assert_eq!(machine.on_event(Event::NotLoaded(2, StorageError::Closed), T), []);
    assert_eq!(machine.state(), SaveState::Saved);
    assert_eq!(typed(&mut machine, "soups", T + 1), [Effect::Wake(999)], "the disk gets its time");
}

#[test]
fn another_tabs_text_is_followed_where_nothing_was_typed() {
    let mut machine = following("soup");
    assert_eq!(machine.on_event(Event::Told, T), [Effect::Load(2, id())]);
    assert_eq!(machine.on_event(Event::Loaded(2, Some(theirs("soup"))), T), [], "nothing new");
    assert_eq!(machine.state(), SaveState::Saved);
    machine.on_event(Event::Told, T);
    let same_text = draft("soup", stamp(9, 1));
    assert_eq!(machine.on_event(Event::Loaded(3, Some(same_text)), T), []);
    assert_eq!(machine.state(), SaveState::Saved);
    machine.on_event(Event::Told, T);
    let effects = machine.on_event(Event::Loaded(4, Some(draft("more", stamp(9, 2)))), T);
    assert_eq!(effects, [Effect::Show(shown("more"))]);
    assert_eq!(machine.state(), SaveState::Elsewhere(Elsewhere::Followed));
    typed(&mut machine, "more soup", T);
    assert_eq!(machine.state(), SaveState::Unsaved);
    let (settled, _) = save(&mut machine, Some(&draft("more", stamp(9, 2))), T);
    assert!(matches!(settled, Settled::Written(_)));
    assert_eq!(machine.state(), SaveState::Saved);
}

#[test]
fn what_was_read_earlier_and_comes_later_is_not_shown() {
    let mut machine = following("soup");
    assert_eq!(machine.on_event(Event::Told, T), [Effect::Load(2, id())]);
    assert_eq!(machine.on_event(Event::Told, T), [Effect::Load(3, id())]);
    machine.on_event(Event::Loaded(3, Some(draft("newest", stamp(9, 2)))), T);
    assert_eq!(machine.on_event(Event::Loaded(2, Some(draft("older", stamp(9, 1)))), T), []);
    assert_eq!(machine.shown(), &shown("newest"));
}

#[test]
fn what_is_read_while_something_is_typed_is_not_followed() {
    let mut machine = following("soup");
    assert_eq!(machine.on_event(Event::Told, T), [Effect::Load(2, id())]);
    typed(&mut machine, "soups", T);
    assert_eq!(machine.on_event(Event::Told, T), []);
    let newer = draft("more", stamp(9, 2));
    assert_eq!(machine.on_event(Event::Loaded(2, Some(newer.clone())), T), [Effect::Wake(SAVE_DELAY_MILLIS)]);
    let effects = machine.on_event(Event::Flushed, T);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(machine.on_event(Event::Loaded(2, Some(newer.clone())), T), [], "out of date");
    let copy = DraftId::copy_of(&place(target()), stamp(ME, 1));
    let effects = machine.on_event(Event::Saved(settle(Some(&newer), attempt)), T);
    assert_eq!(effects, [Effect::Tell(copy.clone()), Effect::Load(4, copy.clone())]);
    assert_eq!((machine.id(), machine.state()), (&copy, SaveState::Elsewhere(Elsewhere::Parted)));
    typed(&mut machine, "soups!", T);
    let mut stored = draft("soups", stamp(ME, 1));
    stored.id = copy.clone();
    let (settled, effects) = save(&mut machine, Some(&stored), T);
    assert!(matches!(&settled, Settled::Written(draft) if draft.id == copy), "{settled:?}");
    assert_eq!(effects, [Effect::Tell(copy.clone())]);
    assert_eq!(machine.state(), SaveState::Elsewhere(Elsewhere::Parted), "that is still so");
    typed(&mut machine, "", T);
    let stored = Draft { stamp: stamp(ME, 2), ..stored };
    let (settled, effects) = save(&mut machine, Some(&stored), T);
    assert_eq!((settled, effects), (Settled::Removed, vec![Effect::TellRemoved(copy)]));
    assert_eq!((machine.id(), machine.state()), (&id(), SaveState::Empty), "what comes next is a draft again");
}

#[test]
fn a_caret_that_finds_a_newer_text_follows_it_unless_something_was_typed() {
    let newer = draft("more", stamp(9, 2));
    for typing in [false, true] {
        let mut machine = following("soup");
        machine.on_event(Event::Edited(Shown { selection: (1, 1), ..shown("soup") }), T);
        let effects = machine.on_event(Event::Flushed, T);
        let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
        if typing {
            typed(&mut machine, "soups", T);
        }
        let settled = settle(Some(&newer), attempt);
        assert!(matches!(settled, Settled::Followed(_)));
        let effects = machine.on_event(Event::Saved(settled), T);
        if typing {
            assert_eq!(effects, [Effect::Wake(SAVE_DELAY_MILLIS)]);
            let (settled, _) = save(&mut machine, Some(&newer), T);
            assert!(matches!(settled, Settled::Parted(_)), "{settled:?}");
        } else {
            assert_eq!(effects, [Effect::Show(shown("more"))]);
            assert_eq!(machine.state(), SaveState::Elsewhere(Elsewhere::Followed));
        }
    }
}

#[test]
fn the_same_text_in_two_tabs_is_one_draft() {
    let mut machine = opened(None);
    typed(&mut machine, "soup", T);
    let (settled, effects) = save(&mut machine, Some(&theirs("soup")), T);
    assert_eq!((settled, effects), (Settled::Adopted(theirs("soup")), vec![]));
    assert_eq!(machine.state(), SaveState::Saved);
    typed(&mut machine, "soups", T);
    let (settled, _) = save(&mut machine, Some(&theirs("soup")), T);
    assert!(matches!(settled, Settled::Written(_)));
}

#[test]
fn what_somebody_took_away_goes_and_what_the_browser_lost_is_saved_again() {
    let mut machine = following("soup");
    assert_eq!(machine.on_event(Event::ToldRemoved, T), [Effect::Load(2, id())]);
    assert_eq!(machine.on_event(Event::Loaded(2, None), T), [Effect::Show(Shown::default())]);
    assert_eq!(machine.state(), SaveState::Elsewhere(Elsewhere::Followed));
    assert!(machine.is_settled() && machine.shown().text.0.is_empty());

    let mut machine = following("soup");
    machine.on_event(Event::Told, T);
    let effects = machine.on_event(Event::Loaded(2, None), T);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!((attempt.base, &attempt.shown), (None, &shown("soup")));
    assert_eq!(machine.state(), SaveState::Unsaved);

    let mut machine = following("soup");
    machine.on_event(Event::ToldRemoved, T);
    machine.on_event(Event::Loaded(2, Some(theirs("soup"))), T);
    machine.on_event(Event::Told, T);
    let effects = machine.on_event(Event::Loaded(3, None), T);
    assert!(matches!(effects.as_slice(), [Effect::Save(_)]), "it was told of an earlier time: {effects:?}");
}

#[test]
fn what_is_taken_away_while_words_are_unsaved_is_put_again() {
    let mut machine = following("soup");
    typed(&mut machine, "soups", T);
    assert_eq!(machine.on_event(Event::ToldRemoved, T), []);
    let (settled, _) = save(&mut machine, None, T);
    assert!(matches!(settled, Settled::Written(_)));
    machine.on_event(Event::Told, T);
    let effects = machine.on_event(Event::Loaded(3, None), T);
    assert!(matches!(effects.as_slice(), [Effect::Save(_)]), "that it was taken away is history: {effects:?}");
}

#[test]
fn what_is_told_during_a_save_is_looked_into_after_it() {
    let mut machine = following("soup");
    typed(&mut machine, "soups", T);
    let effects = machine.on_event(Event::Flushed, T);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    assert_eq!(machine.on_event(Event::ToldRemoved, T), []);
    let effects = machine.on_event(Event::Saved(settle(Some(&theirs("soup")), attempt)), T);
    assert_eq!(effects, [Effect::Tell(id()), Effect::Load(3, id())]);
    assert_eq!(machine.on_event(Event::Loaded(3, None), T), [Effect::Show(Shown::default())]);
    typed(&mut machine, "again", T);
    let (_, effects) = save(&mut machine, None, T);
    assert_eq!(effects, [Effect::Tell(id())], "looked into once");
}

#[test]
fn what_its_author_throws_away_is_gone_unless_another_tab_wrote_there() {
    let mut machine = following("soup");
    let before = machine.draft().unwrap();
    assert_eq!((before.shown, before.id, before.modified), (shown("soup"), id(), theirs("").modified));
    let effects = machine.on_event(Event::Discarded, T);
    let Some(Effect::Save(attempt)) = effects.last() else { panic!("{effects:?}") };
    let removed = settle(Some(&theirs("soup")), attempt);
    assert_eq!(machine.on_event(Event::Saved(removed), T), [Effect::TellRemoved(id())]);
    assert!(machine.draft().is_none());

    let mut machine = following("soup");
    let effects = machine.on_event(Event::Discarded, T);
    let Some(Effect::Save(attempt)) = effects.last() else { panic!("{effects:?}") };
    let newer = settle(Some(&draft("more", stamp(9, 1))), attempt);
    assert_eq!(machine.on_event(Event::Saved(newer), T), [Effect::Show(shown("more"))]);
    assert_eq!(machine.state(), SaveState::Elsewhere(Elsewhere::Followed));
}

#[test]
fn when_everything_is_forgotten_so_is_this() {
    let mut machine = following("soup");
    typed(&mut machine, "soups", T);
    let effects = machine.on_event(Event::Flushed, T);
    let [Effect::Save(attempt)] = effects.as_slice() else { panic!("{effects:?}") };
    machine.on_event(Event::ToldRemoved, T);
    assert_eq!(machine.on_event(Event::Forgotten, T), [Effect::Show(Shown::default())]);
    assert_eq!(machine.state(), SaveState::Empty);
    assert!(machine.is_settled());
    assert_eq!(
        machine.on_event(Event::Saved(settle(Some(&theirs("soup")), attempt)), T),
        [],
        "its end is of no interest"
    );
    assert_eq!(machine.on_event(Event::TimeCame, T + 9_999), []);
    assert_eq!(machine.state(), SaveState::Empty);
    typed(&mut machine, "anew", T);
    let (settled, effects) = save(&mut machine, None, T);
    assert!(matches!(settled, Settled::Written(_)));
    assert_eq!(effects, [Effect::Tell(id())]);
}

#[test]
fn a_clock_that_is_set_back_puts_no_save_off() {
    let mut machine = opened(None);
    typed(&mut machine, "s", T);
    let effects = typed(&mut machine, "so", T - 9_000_000);
    assert_eq!(effects, [Effect::Wake(SAVE_DELAY_MILLIS)]);
    let mut machine = opened(None);
    assert_eq!(typed(&mut machine, "s", i64::MAX / 2), [Effect::Wake(SAVE_DELAY_MILLIS)]);
    assert_eq!(machine.draft().unwrap().modified, None, "outside of all years");
}
