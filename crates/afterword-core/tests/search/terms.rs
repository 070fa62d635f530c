//! Terms added to a query and taken from it, as text.

use afterword_core::search::{Field, Period, Query, Term, has_term, with_term, without_field, without_term};
use afterword_core::time::Timestamp;
use proptest::prelude::*;

fn author(name: &str) -> Term {
    Term::Author(name.to_owned())
}

fn check(text: &str, term: &Term, expected: &str) {
    let with = with_term(text, term);
    assert_eq!(with, expected, "{text:?}");
    assert!(has_term(&with, term) && with_term(&with, term) == with, "{with:?}");
    assert!(!has_term(&without_term(&with, term), term), "{with:?}");
}

#[test]
fn terms_are_added_once() {
    check("", &Term::HasLink, "has:link");
    check("knee  pain", &author("Ann Lee"), "knee pain author:\"Ann Lee\"");
    check("author:\"ANN  lee\" x", &author("Ann Lee"), "author:\"ANN  lee\" x");
    check("author:ann", &author("ann"), "author:ann author:\"ann\"");
    check("x", &author(""), "x author:\"\"");
    check("x", &author("Bob \"the Rat\" Smith"), "x author:\"Bob \"the Rat Smith\"");
    check("x", &Term::Word("has:link".to_owned()), "x \"has:link\"");
    check("x", &Term::Word("12:30".to_owned()), "x 12:30");
    check("x", &Term::Subject("foam roller".to_owned()), "x subject:\"foam roller\"");
    check("x", &Term::Subject("knee".to_owned()), "x subject:knee");
    check("subject:\"Knee\"", &Term::Subject("knee".to_owned()), "subject:\"Knee\"");
    check("after:2012-3", &Term::After(Period::parse("2012-03").unwrap()), "after:2012-3");
}

#[test]
fn what_is_not_finished_makes_room() {
    check("\"foam rol", &Term::IsNew, "\"foam rol\" is:new");
    check("knee author:", &Term::IsNew, "knee is:new");
    check("has:li", &Term::IsNew, "is:new");
    check("author:\"Ann", &Term::IsNew, "author:\"Ann\" is:new");
}

#[test]
fn mistakes_stay_where_they_are() {
    check("has:pizza x", &Term::IsNew, "has:pizza x is:new");
    assert_eq!(without_term("is:new has:pizza Is:NEW", &Term::IsNew), "has:pizza");
}

#[test]
fn a_field_is_taken_off() {
    assert_eq!(without_field("a author:ann b author:\"Ann Lee\" author:", Field::Author), "a b");
    assert_eq!(without_field("after:2012 before:2013", Field::After), "before:2013");
}

#[test]
fn periods() {
    let period = |text: &str| Period::parse(text).map(|period| (period.to_string(), period.start().to_rfc3339()));
    let pair = |text: &str, start: &str| Some((text.to_owned(), start.to_owned()));
    assert_eq!(period("2012"), pair("2012", "2012-01-01T00:00:00Z"));
    assert_eq!(period("2012-3"), pair("2012-03", "2012-03-01T00:00:00Z"));
    assert_eq!(period("2012/02/29"), pair("2012-02-29", "2012-02-29T00:00:00Z"));
    for bad in ["", "12", "2012-", "2012-00", "2012-003", "2013-02-29", "2012-01-01-01", "+012", "２０１２"] {
        assert_eq!(period(bad), None, "{bad:?}");
    }
    let time = Timestamp::parse_rfc3339("2012-03-05T23:59:59Z").unwrap();
    assert_eq!(Period::day_of(time).to_string(), "2012-03-05");
}

fn any_term() -> impl Strategy<Value = Term> {
    let text = || "[a-cé:\"“ か\\-]{1,8}|(author|has|is):[a-z]{0,4}";
    prop_oneof![
        text().prop_map(Term::Word),
        text().prop_map(Term::Phrase),
        text().prop_map(Term::Author),
        "[a-cé:か]{1,8}".prop_map(Term::AuthorPart),
        "[a-cé:か][a-c\" ]{0,4}".prop_map(Term::Subject),
        (1000..3000_i32, 1..=12_u8).prop_map(|(y, m)| Term::After(Period::parse(&format!("{y}-{m}")).unwrap())),
        (1000..3000_i32).prop_map(|y| Term::Before(Period::parse(&y.to_string()).unwrap())),
        Just(Term::HasLink),
        Just(Term::IsNew),
    ]
}

proptest! {
    #[test]
    fn terms_are_read_as_they_are_written(terms in prop::collection::vec(any_term(), 0..6)) {
        let text = terms.iter().fold(String::new(), |text, term| with_term(&text, term));
        prop_assert!(terms.iter().all(|term| has_term(&text, term)), "{:?}", text);
        let query = Query::parse(&text).unwrap();
        let again = query.terms().iter().fold(String::new(), |text, term| with_term(&text, term));
        prop_assert_eq!(Query::parse(&again).unwrap(), query, "{:?} {:?}", text, again);
        let nothing = terms.iter().fold(text, |text, term| without_term(&text, term));
        prop_assert_eq!(nothing, "");
    }

    #[test]
    fn any_text_is_read_or_refused_with_a_place(text in "([a-b\":： “12\\-]|author|after|has|is|new|link){0,12}") {
        match Query::parse(&text) {
            Ok(_) => {}
            Err(error) => prop_assert!(!error.text(&text).is_empty()),
        }
        let with = with_term(&text, &Term::IsNew);
        prop_assert!(has_term(&with, &Term::IsNew), "{:?}", with);
        prop_assert_eq!(with_term(&with, &Term::IsNew), with.as_str());
        prop_assert_eq!(Query::parse(&text).is_err(), Query::parse(&with).is_err() , "{:?} {:?}", text, with);
    }
}
