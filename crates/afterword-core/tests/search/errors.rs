//! Queries that are wrong, and those that are only not finished.

use afterword_core::search::QueryErrorKind::{self, BadValue, MissingValue, TooLong, TooManyTerms};
use afterword_core::search::{Field, QUERY_BYTES_MAX, Query, TERMS_MAX};

fn check(text: &str, kind: QueryErrorKind, bad: &str) {
    let error = Query::parse(text).unwrap_err();
    assert_eq!((error.kind, error.text(text)), (kind, bad), "{text:?}");
}

#[test]
fn mistakes_are_named_with_their_place() {
    check("knee after:yesterday", BadValue(Field::After), "after:yesterday");
    check("after:2012-13 x", BadValue(Field::After), "after:2012-13");
    check("before:2013-02-29", BadValue(Field::Before), "before:2013-02-29");
    check("after:12 x", BadValue(Field::After), "after:12");
    check("after:2012- x", BadValue(Field::After), "after:2012-");
    check("after:+201", BadValue(Field::After), "after:+201");
    check("x  has:pizza", BadValue(Field::Has), "has:pizza");
    check("has:li ", BadValue(Field::Has), "has:li");
    check("Ünï is:old", BadValue(Field::Is), "is:old");
    check("author: has:link", MissingValue(Field::Author), "author:");
    check("subject:\"\" x", MissingValue(Field::Subject), "subject:\"\"");
    check("before: after:2012", MissingValue(Field::Before), "before:");
}

#[test]
fn the_first_mistake_counts() {
    check("after:x has:y", BadValue(Field::After), "after:x");
}

#[test]
fn bounds() {
    let long = "é".repeat(QUERY_BYTES_MAX / 2);
    assert!(Query::parse(&long).is_ok());
    check(&format!("{long}é"), TooLong, "é");
    let many = vec!["x"; TERMS_MAX];
    assert_eq!(Query::parse(&many.join(" ")).unwrap().terms().len(), TERMS_MAX);
    check(&format!("{} last", many.join(" ")), TooManyTerms, "last");
}

#[test]
fn errors_can_be_read() {
    let error = Query::parse("é has:pizza").unwrap_err();
    assert_eq!(error.to_string(), "no value for has:, at byte 3");
}

/// Types a text letter by letter: none of its beginnings may be an error.
#[test]
fn typing_shows_no_error() {
    for text in [
        "author:\"Ann Lee\" x",
        "author: ann",
        "after:2012-03-05 before:2013-12",
        "after:2012-1-1",
        "before:2012/10/30",
        "has:link is:new subject:\"foam roller\"",
        "after: 2012",
        "\"foam roller\" 12:30 note: https://x.example/",
        "„Straße“ «ça va» “so”",
        "HAS:LINK author：李",
    ] {
        for (at, _) in text.char_indices() {
            assert!(Query::parse(&text[..at]).is_ok(), "{:?}", &text[..at]);
        }
        assert!(Query::parse(text).is_ok(), "{text:?}");
    }
}

#[test]
fn what_is_not_finished_does_not_filter() {
    for text in [
        "",
        " ",
        "author:",
        "author: ",
        "author:\"",
        "has:",
        "has:l",
        "is:ne",
        "after:",
        "after:201",
        "after:2012-",
        "\"",
        "\"\"",
        "subject:",
        "\u{301}",
    ] {
        assert!(Query::parse(text).unwrap().is_empty(), "{text:?}");
    }
}
