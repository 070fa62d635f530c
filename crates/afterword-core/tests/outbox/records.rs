//! Entries as records: what is written can be read, and what cannot be read says why.

use super::{entry, letter};
use afterword_core::draft::record::{Field, Fields, Unreadable};
use afterword_core::ids::CommentId;
use afterword_core::outbox::{Cause, Doubt, Entry, Question, State, decode_entry, encode_entry};
use afterword_core::writing::{Delay, Refusal, TabId, Target, Unclear, Utf16};

fn states() -> Vec<State> {
    let id = CommentId::new("isso-7 ü");
    let doubt = |cause, question, again| {
        State::MaybeSent(Doubt { cause, absences: 2, misses: 1, due: 1_795_332_181_698, question, again })
    };
    let unclear = [Unclear::Broken, Unclear::TimedOut, Unclear::Garbled, Unclear::Failed, Unclear::Redirected];
    let mut states: Vec<State> = unclear.map(|why| doubt(Cause::Unclear(why), None, true)).into();
    states.push(doubt(Cause::Duplicate, Some(Question::NotFound), false));
    states.push(doubt(Cause::Duplicate, Some(Question::Unreadable), false));
    for why in [None, Some(Delay::Offline), Some(Delay::TooMany), Some(Delay::Unwell)] {
        states.push(State::Queued { due: -5, why });
    }
    states.push(State::Sending { tab: TabId(u64::MAX), until: 90_000 });
    for editable in [true, false] {
        states.push(State::Published { id: id.clone(), until: 60_000, editable });
    }
    states.extend([State::Held { id: Some(id) }, State::Held { id: None }]);
    let refusals = [
        Refusal::TooShort(3),
        Refusal::TooLong(0),
        Refusal::NameMissing,
        Refusal::EmailInvalid,
        Refusal::WebsiteInvalid,
        Refusal::Closed,
        Refusal::LoginNeeded,
        Refusal::Duplicate,
        Refusal::TargetGone,
        Refusal::TooLate,
        Refusal::WrongSite,
        Refusal::Words("Not <b>here</b>".to_owned()),
    ];
    states.extend(refusals.map(State::Rejected));
    states
}

#[test]
fn what_is_written_can_be_read() {
    let known = [None, Some(vec![]), Some(vec![CommentId::new("1"), CommentId::new("isso-2")])];
    for (state, known) in states().into_iter().zip(known.into_iter().cycle()) {
        let written = Entry { state, known, attempt: 3, delays: 2, look: 7, ..entry("Hello") };
        assert_eq!(decode_entry(&encode_entry(&written)), Ok(written));
    }
    let answers = [Target::Reply(CommentId::new("a b")), Target::Edit(CommentId::new("isso-1")), Target::Thread];
    for target in answers {
        let mut letter = letter("", target);
        // Half a pair of surrogates, as a browser may hold it.
        letter.text = Utf16(vec![0x41, 0xd83d]);
        let written = Entry::new(letter, "Bea".to_owned(), None, 0, None, 5);
        assert_eq!(decode_entry(&encode_entry(&written)), Ok(written));
    }
}

#[test]
fn each_field_that_is_missing_or_wrong_is_named() {
    let optional = ["draft", "known", "why", "question"];
    for state in states() {
        let whole = encode_entry(&Entry { state, known: Some(vec![CommentId::new("1")]), ..entry("Hello") });
        for name in whole.keys() {
            let without: Fields =
                whole.iter().filter(|(key, _)| *key != name).map(|(k, v)| (k.clone(), v.clone())).collect();
            let read = decode_entry(&without);
            let held = name == "published-as" && whole.get("state") == Some(&Field::from("held"));
            if optional.contains(&name.as_str()) || held {
                assert!(read.is_ok(), "{name}: {read:?}");
            } else {
                let named = name.split("-0").next().unwrap();
                let said = format!("{read:?}");
                assert!(said.contains("Missing") || said.contains("Wrong(\"known\")"), "{name}: {said}");
                assert!(said.contains(named), "{name}: {said}");
            }
            let mut wrong = whole.clone();
            let other = match whole[name] {
                Field::Text(_) => Field::Number(7.0),
                Field::Number(_) => Field::from("seven"),
            };
            wrong.insert(name.clone(), other);
            assert!(matches!(decode_entry(&wrong), Err(Unreadable::Wrong(_))), "{name}");
        }
    }
}

#[test]
fn values_that_mean_nothing_are_wrong() {
    let check = |state: State, name: &'static str, value: Field, expected: Unreadable| {
        let mut fields = encode_entry(&Entry { state, ..entry("Hello") });
        fields.insert(name.to_owned(), value);
        assert_eq!(decode_entry(&fields), Err(expected), "{name}");
    };
    let queued = || State::Queued { due: 0, why: None };
    let sending = State::Sending { tab: TabId(1), until: 0 };
    check(queued(), "v", Field::Number(2.0), Unreadable::Newer(2.0));
    check(queued(), "v", Field::Number(0.0), Unreadable::Wrong("v"));
    check(queued(), "state", Field::from("flying"), Unreadable::Wrong("state"));
    check(queued(), "target", Field::from("above"), Unreadable::Wrong("target"));
    check(queued(), "post", Field::from("elsewhere"), Unreadable::Wrong("post"));
    check(queued(), "why", Field::from("rain"), Unreadable::Wrong("why"));
    check(queued(), "due", Field::Number(f64::NAN), Unreadable::Wrong("due"));
    check(queued(), "created", Field::Number(f64::INFINITY), Unreadable::Wrong("created"));
    check(sending, "tab", Field::from("-1"), Unreadable::Wrong("tab"));
    check(State::Rejected(Refusal::Closed), "refusal", Field::from("mood"), Unreadable::Wrong("refusal"));
}

#[test]
fn a_thousand_look_alikes_are_enough() {
    let known: Vec<CommentId> = (0..2_000).map(|n: u32| CommentId::new(n.to_string())).collect();
    let mut fields = encode_entry(&Entry { known: Some(known.clone()), ..entry("Hello") });
    assert_eq!(decode_entry(&fields).unwrap().known.unwrap(), known[..1_000]);
    // A record that lies about how many there are costs no memory.
    fields.insert("known".to_owned(), Field::Number(1e300));
    assert_eq!(decode_entry(&fields).unwrap().known.unwrap(), known[..1_000]);
}
