//! Each step of the machine: from a state, by an event, to a state and what is to be done.

use super::{comment, entry, letter};
use afterword_core::ids::CommentId;
use afterword_core::outbox::{
    ASKED_LOOK_MILLIS, Cause, Doubt, Effect, Entry, Event, LEASE_MILLIS, LOOK_LEASE_MILLIS, LOOK_WAITS_MILLIS,
    MISSES_MAX, PUBLISHED_KEPT_MILLIS, Question, SEND_MILLIS_MAX, Sight, State, entry_id, hand_in, on_event,
};
use afterword_core::writing::{Answer, Delay, Refusal, TabId, Target, Unclear};

const NOW: i64 = 1_800_000_000_000;
const ME: TabId = TabId(1);
const OTHER: TabId = TabId(2);

fn at(state: State) -> Entry {
    let attempt = u32::from(!matches!(state, State::Queued { .. }));
    Entry { state, attempt, look: 3, ..entry("Hello") }
}

fn queued(due: i64, why: Option<Delay>) -> Entry {
    at(State::Queued { due, why })
}

fn sending(tab: TabId, until: i64) -> Entry {
    at(State::Sending { tab, until })
}

fn doubt(due: i64) -> Doubt {
    Doubt { cause: Cause::Unclear(Unclear::Broken), absences: 0, misses: 0, due, question: None, again: false }
}

fn in_doubt(doubt: Doubt) -> Entry {
    at(State::MaybeSent(doubt))
}

fn asked(question: Question) -> Entry {
    in_doubt(Doubt { question: Some(question), ..doubt(NOW + 1) })
}

fn published(until: i64) -> Entry {
    at(State::Published { id: CommentId::new("7"), until, editable: true })
}

fn held(id: Option<&str>) -> Entry {
    at(State::Held { id: id.map(CommentId::new) })
}

fn rejected() -> Entry {
    at(State::Rejected(Refusal::Closed))
}

fn found() -> Box<afterword_core::model::Comment> {
    Box::new(comment("7", "Ann", "Hello", None, NOW))
}

/// One entry in each kind of state.
fn all() -> Vec<Entry> {
    let states =
        vec![queued(NOW, None), sending(ME, NOW + LEASE_MILLIS), in_doubt(doubt(NOW)), asked(Question::NotFound)];
    states.into_iter().chain([published(NOW + 1), held(Some("7")), rejected()]).collect()
}

fn turn(alone: bool, online: bool) -> Event {
    Event::TurnCame { tab: ME, alone, online }
}

fn answered(answer: Answer) -> Event {
    Event::Answered { attempt: 1, answer }
}

fn read_back(sight: Sight) -> Event {
    Event::ReadBack { look: 3, sight }
}

fn step(entry: Entry, event: Event) -> (Entry, Vec<Effect>) {
    on_event(entry, event, NOW, 0.5)
}

fn check(entry: Entry, event: Event, state: State, effects: &[Effect]) {
    let told = format!("{:?} by {event:?}", entry.state);
    let (next, done) = step(entry, event);
    assert_eq!((next.state, done.as_slice()), (state, effects), "{told}");
}

/// Nothing changes, and nothing is to be done.
fn ignored(entry: Entry, event: Event) {
    let told = format!("{:?} by {event:?}", entry.state);
    assert_eq!(step(entry.clone(), event), (entry, vec![]), "{told}");
}

#[test]
fn what_is_due_is_sent_by_one_tab() {
    let until = NOW + LEASE_MILLIS;
    let sends = [Effect::Store, Effect::Send, Effect::WakeAt(until)];
    check(queued(NOW, None), turn(false, true), State::Sending { tab: ME, until }, &sends);
    check(queued(NOW, Some(Delay::Offline)), turn(true, true), State::Sending { tab: ME, until }, &sends);
    assert_eq!(step(queued(NOW, None), turn(true, true)).0.attempt, 1);
    let waits = State::Queued { due: NOW + 1, why: Some(Delay::TooMany) };
    check(at(waits.clone()), turn(true, true), waits, &[Effect::WakeAt(NOW + 1)]);
}

#[test]
fn without_a_connection_nothing_is_sent() {
    let offline = State::Queued { due: NOW, why: Some(Delay::Offline) };
    check(queued(NOW, None), turn(true, false), offline.clone(), &[Effect::Store]);
    ignored(at(offline), turn(true, false));
    ignored(in_doubt(doubt(NOW)), turn(true, false));
    let now = [Effect::Store, Effect::WakeAt(NOW)];
    let back = Entry { delays: 4, ..queued(NOW + 9, Some(Delay::Offline)) };
    assert_eq!(step(back.clone(), Event::CameOnline).0.delays, 0);
    check(back, Event::CameOnline, State::Queued { due: NOW, why: None }, &now);
    ignored(queued(NOW + 9, Some(Delay::TooMany)), Event::CameOnline);
    let missed = |due| State::MaybeSent(Doubt { misses: 1, ..doubt(due) });
    check(at(missed(NOW + 9)), Event::CameOnline, missed(NOW), &now);
    for other in all() {
        ignored(other, Event::CameOnline);
    }
}

#[test]
fn a_tab_that_is_gone_leaves_a_doubt() {
    let looks = [Effect::Store, Effect::WakeAt(NOW + LOOK_WAITS_MILLIS[0])];
    let doubted = State::MaybeSent(doubt(NOW + LOOK_WAITS_MILLIS[0]));
    let until = NOW + LEASE_MILLIS;
    check(sending(OTHER, until), turn(true, true), doubted.clone(), &looks);
    check(sending(OTHER, NOW), turn(false, true), doubted.clone(), &looks);
    check(sending(ME, NOW), turn(true, true), doubted.clone(), &looks);
    // A clock that was put back: no lease is that long.
    check(sending(ME, until + 1), turn(false, true), doubted, &looks);
    for (tab, alone) in [(OTHER, false), (ME, true), (ME, false)] {
        check(sending(tab, until), turn(alone, true), State::Sending { tab, until }, &[Effect::WakeAt(until)]);
    }
}

#[test]
fn a_tab_that_slept_must_not_send() {
    assert!(sending(ME, NOW + SEND_MILLIS_MAX).has_time_to_send(NOW));
    assert!(sending(ME, NOW + LEASE_MILLIS).has_time_to_send(NOW));
    assert!(!sending(ME, NOW + SEND_MILLIS_MAX - 1).has_time_to_send(NOW));
    assert!(!sending(ME, NOW + LEASE_MILLIS + 1).has_time_to_send(NOW));
    assert!(!queued(NOW, None).has_time_to_send(NOW));
}

#[test]
fn a_published_letter_is_kept_while_it_can_be_changed() {
    let until = NOW + 900_000;
    let done = [Effect::Store, Effect::DeleteDraft, Effect::Show(found()), Effect::WakeAt(until)];
    let state = State::Published { id: CommentId::new("7"), until, editable: true };
    for before in [sending(ME, NOW), in_doubt(doubt(NOW)), rejected(), held(None)] {
        check(before.clone(), answered(Answer::Published(found())), state.clone(), &done);
        let (after, _) = step(before, answered(Answer::Published(found())));
        assert_eq!((after.letter.writer.email.as_str(), after.letter.writer.name.as_str()), ("", "Ann"));
    }
    ignored(published(until), answered(Answer::Published(found())));
    // That a letter was taken is true of any request.
    let late = Event::Answered { attempt: 9, answer: Answer::Published(found()) };
    check(queued(NOW, None), late, state, &done);
    let short = Entry { edit_seconds: 0, ..sending(ME, NOW) };
    let state = State::Published { id: CommentId::new("7"), until: NOW + PUBLISHED_KEPT_MILLIS, editable: false };
    assert_eq!(step(short, answered(Answer::Published(found()))).0.state, state);
}

#[test]
fn a_published_entry_goes_away_by_itself() {
    check(published(NOW + 1), turn(true, true), published(NOW + 1).state, &[Effect::WakeAt(NOW + 1)]);
    check(published(NOW), turn(true, true), published(NOW).state, &[Effect::Forget]);
    check(published(NOW + 900_000), turn(true, true), published(NOW + 900_000).state, &[Effect::WakeAt(NOW + 900_000)]);
    check(published(NOW + 900_001), turn(true, true), published(NOW + 900_001).state, &[Effect::Forget]);
    ignored(held(None), turn(true, true));
    ignored(rejected(), turn(true, true));
}

#[test]
fn a_held_letter_is_kept_until_it_shows_up() {
    let taken = [Effect::Store, Effect::DeleteDraft];
    let known = || State::Held { id: Some(CommentId::new("7")) };
    check(sending(ME, NOW), answered(Answer::Held(Some(found()))), known(), &taken);
    check(in_doubt(doubt(NOW)), answered(Answer::Held(None)), State::Held { id: None }, &taken);
    assert_eq!(step(sending(ME, NOW), answered(Answer::Held(None))).0.letter.writer.email, "");
    ignored(held(Some("7")), answered(Answer::Held(None)));
    ignored(published(NOW), answered(Answer::Held(None)));
    check(at(known()), Event::ShownUp(CommentId::new("7")), known(), &[Effect::Forget]);
    check(held(None), Event::ShownUp(CommentId::new("7")), State::Held { id: None }, &[Effect::Forget]);
    ignored(held(Some("7")), Event::ShownUp(CommentId::new("8")));
    for other in all().into_iter().filter(|entry| !matches!(entry.state, State::Held { .. })) {
        ignored(other, Event::ShownUp(CommentId::new("7")));
    }
}

#[test]
fn a_refused_text_goes_back_to_its_writer() {
    let back = [Effect::Store, Effect::ReturnText];
    for before in [sending(ME, NOW), in_doubt(doubt(NOW))] {
        let state = State::Rejected(Refusal::TooLong(9));
        check(before.clone(), answered(Answer::Refused(Refusal::TooLong(9))), state, &back);
        let (after, _) = step(before, answered(Answer::Refused(Refusal::Closed)));
        assert_eq!(after.letter.writer.email, "ann@example.org");
    }
}

#[test]
fn a_double_is_looked_for_before_it_is_called_one() {
    let due = NOW + LOOK_WAITS_MILLIS[0];
    let doubled = |due| Doubt { cause: Cause::Duplicate, ..doubt(due) };
    let looks = [Effect::Store, Effect::WakeAt(due)];
    check(sending(ME, NOW), answered(Answer::Refused(Refusal::Duplicate)), State::MaybeSent(doubled(due)), &looks);
    let refused = State::Rejected(Refusal::Duplicate);
    check(in_doubt(doubled(NOW)), read_back(Sight::NotFound), refused, &[Effect::Store, Effect::ReturnText]);
}

#[test]
fn waits_are_those_of_the_back_end_or_grow() {
    let later = |wait_seconds| answered(Answer::Later { wait_seconds, why: Delay::TooMany });
    let waits = |millis| State::Queued { due: NOW + millis, why: Some(Delay::TooMany) };
    let wakes = |millis| [Effect::Store, Effect::WakeAt(NOW + millis)];
    for before in [sending(ME, NOW), in_doubt(doubt(NOW))] {
        check(before.clone(), later(Some(30)), waits(31_000), &wakes(31_000));
        check(before.clone(), later(None), waits(1_500), &wakes(1_500));
        check(Entry { delays: 2, ..before.clone() }, later(None), waits(4_500), &wakes(4_500));
        assert_eq!(step(before, later(None)).0.delays, 1);
    }
}

#[test]
fn an_answer_counts_for_the_request_that_is_waited_for() {
    let others = [Answer::Refused(Refusal::Closed), Answer::Unclear(Unclear::Broken)];
    let later = Answer::Later { wait_seconds: None, why: Delay::Unwell };
    for answer in others.into_iter().chain([later]) {
        for entry in all() {
            ignored(entry.clone(), Event::Answered { attempt: 2, answer: answer.clone() });
            if !matches!(entry.state, State::Sending { .. } | State::MaybeSent(_)) {
                ignored(entry, answered(answer.clone()));
            }
        }
    }
    // In doubt already, and no wiser.
    ignored(in_doubt(doubt(NOW)), answered(Answer::Unclear(Unclear::Failed)));
    let due = NOW + LOOK_WAITS_MILLIS[0];
    let failed = Doubt { cause: Cause::Unclear(Unclear::Failed), ..doubt(due) };
    let looks = [Effect::Store, Effect::WakeAt(due)];
    check(sending(ME, NOW), answered(Answer::Unclear(Unclear::Failed)), State::MaybeSent(failed), &looks);
}

#[test]
fn looks_come_one_after_the_other() {
    let waits = in_doubt(doubt(NOW + 1));
    check(waits.clone(), turn(true, true), waits.state, &[Effect::WakeAt(NOW + 1)]);
    let due = NOW + LOOK_LEASE_MILLIS;
    let looks = [Effect::Store, Effect::ReadBack, Effect::WakeAt(due)];
    check(in_doubt(doubt(NOW)), turn(false, true), State::MaybeSent(doubt(due)), &looks);
    assert_eq!(step(in_doubt(doubt(NOW)), turn(false, true)).0.look, 4);
    for absences in 0..9_u32 {
        let next = LOOK_WAITS_MILLIS.get(absences as usize + 1);
        let due = NOW + next.unwrap_or(&ASKED_LOOK_MILLIS);
        let question = next.is_none().then_some(Question::NotFound);
        let before = in_doubt(Doubt { absences, misses: 2, ..doubt(NOW) });
        let after = Doubt { absences: absences + 1, question, ..doubt(due) };
        check(before, read_back(Sight::NotFound), State::MaybeSent(after), &[Effect::Store, Effect::WakeAt(due)]);
    }
}

#[test]
fn a_thread_that_cannot_be_read_becomes_a_question() {
    for misses in 0..6_u32 {
        let due = NOW + 500 + (1_000 << misses);
        let question = (misses + 1 >= MISSES_MAX).then_some(Question::Unreadable);
        let after = Doubt { misses: misses + 1, question, ..doubt(due) };
        let before = in_doubt(Doubt { misses, ..doubt(NOW) });
        check(before, read_back(Sight::Unreadable), State::MaybeSent(after), &[Effect::Store, Effect::WakeAt(due)]);
    }
    // What is asked already is no longer asked when the thread can be read again, and is not asked otherwise.
    let before = Doubt { misses: 9, question: Some(Question::NotFound), ..doubt(NOW) };
    let (after, _) = step(in_doubt(before), read_back(Sight::Unreadable));
    assert!(matches!(after.state, State::MaybeSent(Doubt { question: Some(Question::NotFound), .. })));
    let (after, _) = step(asked(Question::Unreadable), read_back(Sight::NotFound));
    assert!(matches!(after.state, State::MaybeSent(Doubt { question: None, .. })));
}

#[test]
fn what_is_found_is_published_but_cannot_be_changed() {
    let until = NOW + PUBLISHED_KEPT_MILLIS;
    let state = State::Published { id: CommentId::new("7"), until, editable: false };
    let done = [Effect::Store, Effect::DeleteDraft, Effect::Show(found()), Effect::WakeAt(until)];
    // However old the look is.
    let seen = || Event::ReadBack { look: 0, sight: Sight::Found(found()) };
    let sent = Entry { attempt: 1, ..queued(NOW, None) };
    for before in [sent, sending(ME, NOW), in_doubt(doubt(NOW)), asked(Question::NotFound)] {
        check(before, seen(), state.clone(), &done);
    }
    ignored(queued(NOW, None), seen());
    for other in [published(NOW), held(None), rejected()] {
        ignored(other, seen());
    }
}

#[test]
fn an_old_look_says_nothing() {
    for sight in [Sight::NotFound, Sight::Unreadable] {
        for entry in all() {
            ignored(entry.clone(), Event::ReadBack { look: 2, sight: sight.clone() });
            if !matches!(entry.state, State::MaybeSent(_)) {
                ignored(entry, read_back(sight.clone()));
            }
        }
    }
}

#[test]
fn it_is_sent_again_only_when_asked_for_and_not_there() {
    let now = [Effect::Store, Effect::WakeAt(NOW)];
    for question in [Question::NotFound, Question::Unreadable] {
        let again = question == Question::NotFound;
        let wanted = Doubt { again, ..doubt(NOW) };
        check(asked(question), Event::AskedAgain, State::MaybeSent(wanted), &now);
        // A look that is under way began too early.
        assert_eq!(step(asked(question), Event::AskedAgain).0.look, 4);
    }
    ignored(in_doubt(doubt(NOW)), Event::AskedAgain);
    let again = || in_doubt(Doubt { again: true, ..doubt(NOW) });
    check(again(), read_back(Sight::NotFound), State::Queued { due: NOW, why: None }, &now);
    let (still, _) = step(again(), read_back(Sight::Unreadable));
    assert!(matches!(still.state, State::MaybeSent(Doubt { again: true, .. })));
    for other in [sending(ME, NOW), published(NOW), held(None)] {
        ignored(other, Event::AskedAgain);
    }
    let free = State::Queued { due: NOW, why: None };
    check(queued(NOW + 9, Some(Delay::TooMany)), Event::AskedAgain, free.clone(), &now);
    check(rejected(), Event::AskedAgain, free, &now);
    let tired = Entry { delays: 5, ..rejected() };
    assert_eq!(step(tired, Event::AskedAgain).0.delays, 0);
}

#[test]
fn what_surely_is_not_there_can_be_taken_back() {
    let back = [Effect::Forget, Effect::ReturnText];
    for entry in [queued(NOW, None), rejected(), asked(Question::NotFound), asked(Question::Unreadable)] {
        check(entry.clone(), Event::Withdrawn, entry.state, &back);
    }
    for entry in [sending(ME, NOW), in_doubt(doubt(NOW)), published(NOW), held(None)] {
        ignored(entry, Event::Withdrawn);
    }
}

#[test]
fn a_writer_who_has_seen_it_is_believed() {
    let done = [Effect::Forget, Effect::DeleteDraft];
    for entry in [in_doubt(doubt(NOW)), asked(Question::NotFound)] {
        check(entry.clone(), Event::MarkedSent, entry.state, &done);
    }
    for entry in [queued(NOW, None), sending(ME, NOW), published(NOW), held(None), rejected()] {
        ignored(entry, Event::MarkedSent);
    }
}

#[test]
fn what_has_ended_can_be_put_away() {
    for entry in [published(NOW), held(None), rejected()] {
        check(entry.clone(), Event::Dismissed, entry.state, &[Effect::Forget]);
    }
    for entry in [queued(NOW, None), sending(ME, NOW), asked(Question::NotFound)] {
        ignored(entry, Event::Dismissed);
    }
}

#[test]
fn the_same_letter_has_the_same_key() {
    let key = |text, target| entry_id(&letter(text, target)).0;
    assert_eq!(key("Hello", Target::Thread), key("Hello", Target::Thread));
    let reply = || Target::Reply(CommentId::new("1"));
    let others = [key("Hello", reply()), key("Hello.", Target::Thread), key("", Target::Thread)];
    assert!(others.iter().all(|other| *other != key("Hello", Target::Thread)));
    let mut signed = letter("Hello", Target::Thread);
    signed.writer.name = "Bea".to_owned();
    assert_ne!(entry_id(&signed).0, key("Hello", Target::Thread));
    signed.writer.name = "Ann".to_owned();
    signed.writer.email.clear();
    assert_eq!(entry_id(&signed).0, key("Hello", Target::Thread));
    assert_eq!(key("Hello", Target::Thread), "https://blog.example/ posts/talk/ thread 052a3a734389326e");
}

#[test]
fn a_letter_is_handed_in_once() {
    let fresh = || Entry { created: NOW, ..entry("Hello") };
    assert_eq!(hand_in(None, fresh(), NOW), Some(fresh()));
    for under_way in [sending(ME, NOW), in_doubt(doubt(NOW)), published(NOW), held(None)] {
        assert_eq!(hand_in(Some(under_way), fresh(), NOW), None);
    }
    let waiting = hand_in(Some(queued(NOW + 9, Some(Delay::TooMany))), fresh(), NOW);
    assert_eq!(waiting, Some(queued(NOW, None)));
    let wanted = hand_in(Some(asked(Question::NotFound)), fresh(), NOW).unwrap();
    assert!(matches!(wanted.state, State::MaybeSent(Doubt { again: true, question: None, .. })));
    let known = Some(vec![CommentId::new("3")]);
    let refused = Entry { known: known.clone(), attempt: 4, look: 6, ..rejected() };
    assert_eq!(hand_in(Some(refused), fresh(), NOW), Some(Entry { known, attempt: 4, look: 6, ..fresh() }));
}
