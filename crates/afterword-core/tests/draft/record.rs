//! Records: what is written can be read, and what is damaged is told apart and not lost.

use super::{SITE, draft, place, stamp};
use afterword_core::draft::record::{Field, Fields, Store, TEXT, Unreadable, count, decode, encode, version};
use afterword_core::draft::{Draft, DraftId, Listed};
use afterword_core::ids::CommentId;
use afterword_core::time::Timestamp;
use afterword_core::writing::{Target, Utf16};

fn read(draft: &Draft, change: impl FnOnce(&mut Fields)) -> Result<Draft, Unreadable> {
    let mut fields = encode(draft);
    change(&mut fields);
    decode(draft.id.as_str(), &fields)
}

fn put(name: &str, field: impl Into<Field>) -> impl FnOnce(&mut Fields) {
    let (name, field) = (name.to_owned(), field.into());
    move |fields| drop(fields.insert(name, field))
}

#[test]
fn what_is_written_is_read_unit_by_unit() {
    for target in [Target::Thread, Target::Reply(CommentId::new("1 2")), Target::Edit(CommentId::new(""))] {
        let place = place(target);
        let mut draft = Draft { id: DraftId::of(&place), place, ..draft("", stamp(u64::MAX, u32::MAX)) };
        draft.shown.text = Utf16(vec![0, 0xd800, 65, 0xdc00, 0xffff, 0xd83d, 0xde00]);
        draft.shown.selection = (2, 7);
        draft.shown.scroll = 12.5;
        assert_eq!(read(&draft, |_| {}), Ok(draft.clone()));
        draft.modified = None;
        assert_eq!(read(&draft, |_| {}), Ok(draft.clone()));
    }
}

#[test]
fn what_decides_where_a_text_belongs_must_be_sound() {
    let draft = draft("words", stamp(1, 1));
    for name in ["v", "site", "post", "target", "comment", "text", "version"] {
        assert!(matches!(read(&draft, |fields| drop(fields.remove(name))), Err(Unreadable::Missing(at)) if at == name));
        let wrong: Field = if ["v", "version"].contains(&name) { "1".into() } else { 1.0.into() };
        assert_eq!(read(&draft, put(name, wrong)), Err(Unreadable::Wrong(name)), "{name}");
    }
    for (name, value) in
        [("v", 0.5), ("v", f64::NAN), ("version", -1.0), ("version", 0.5), ("version", 4_294_967_296.0)]
    {
        assert_eq!(read(&draft, put(name, value)), Err(Unreadable::Wrong(name)), "{name} {value}");
    }
    for (name, value) in [("target", "all"), ("post", "soup"), ("post", "posts/../"), ("writer", "no"), ("writer", "")]
    {
        assert_eq!(read(&draft, put(name, value)), Err(Unreadable::Wrong(name)), "{name} {value}");
    }
    assert_eq!(read(&draft, put("v", 2.0)), Err(Unreadable::Newer(2.0)));
    assert_eq!(version(&encode(&draft), 1.0), Ok(1.0));
    assert_eq!(count(&encode(&draft), "version"), Ok(1));
}

#[test]
fn a_caret_a_date_or_a_title_that_makes_no_sense_is_left_out() {
    let mut whole = draft("words", stamp(1, 1));
    (whole.shown.selection, whole.shown.scroll) = ((1, 3), 9.0);
    let selection = |change: &dyn Fn(&mut Fields)| read(&whole, |fields| change(fields)).unwrap().shown.selection;
    assert_eq!(selection(&|fields| put("end", 99.0)(fields)), (1, 5), "behind the end");
    assert_eq!(selection(&|fields| put("start", 4.0)(fields)), (3, 3), "begins behind its end");
    assert_eq!(selection(&|fields| put("start", "x")(fields)), (3, 3));
    assert_eq!(selection(&|fields| drop(fields.remove("end"))), (1, 5));
    for scroll in [f64::NAN, f64::INFINITY, -1.0] {
        assert_eq!(read(&whole, put("scroll", scroll)).unwrap().shown.scroll, 0.0);
    }
    assert_eq!(read(&whole, put("scroll", 0.0)).unwrap().shown.scroll, 0.0);
    for modified in [f64::NAN, f64::NEG_INFINITY, 1e300] {
        assert_eq!(read(&whole, put("modified", modified)).unwrap().modified, None, "{modified}");
    }
    let named = read(&whole, put("title", 3.0)).unwrap();
    assert_eq!(named.context.post_title, "");
    assert_eq!(named.context.answered_author, "Ann");
    assert_eq!(read(&whole, put("later", "x")), Ok(whole.clone()), "fields of others are no damage");
}

#[test]
fn a_list_has_the_drafts_of_one_site_and_what_cannot_be_read() {
    let at = |millis, text| Draft { modified: Timestamp::from_millis(millis), ..draft(text, stamp(1, 1)) };
    let mut other = at(9, "elsewhere");
    other.place.site = "https://other.example/".to_owned();
    let mut newer = encode(&at(1, "from tomorrow"));
    put("v", 9.0)(&mut newer);
    let mut others_newer = encode(&other);
    put("v", 9.0)(&mut others_newer);
    let mut number = newer.clone();
    put(TEXT, 1.0)(&mut number);
    let records = [
        ("b", encode(&at(1, "first"))),
        ("c", encode(&at(2, "second"))),
        ("a", encode(&at(1, "third"))),
        ("d", encode(&other)),
        ("e", newer.clone()),
        ("f", others_newer),
        ("g", number),
        ("h", Fields::new()),
    ];
    let listed = Listed::of_site(SITE, Store::Aside, records.map(|(key, fields)| (key.to_owned(), fields)));
    assert_eq!(listed.drafts.iter().map(|draft| draft.id.as_str()).collect::<Vec<_>>(), ["c", "a", "b"]);
    let damaged: Vec<_> = listed.damaged.iter().map(|one| (one.key.as_str(), one.why, one.text())).collect();
    let words = Utf16::from("from tomorrow");
    let expected = [
        ("e", Unreadable::Newer(9.0), Some(&words)),
        ("g", Unreadable::Newer(9.0), None),
        ("h", Unreadable::Missing("v"), None),
    ];
    assert_eq!(damaged, expected);
    assert_eq!((listed.damaged[0].store, &listed.damaged[0].raw), (Store::Aside, &newer));
}
