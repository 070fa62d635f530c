use super::*;
use crate::thread::tests::thread;
use expect_test::{Expect, expect};

fn check(notation: &str, collapsed: &[u32], expected: Expect) {
    let thread = thread(notation);
    let mut set = Collapsed::default();
    for &index in collapsed {
        set.set(index, true);
    }
    let mut out = String::new();
    for row in build_rows(&thread, &threaded(&set)) {
        out.push_str(&line(&thread, row));
    }
    expected.assert_eq(&out);
}

fn threaded(collapsed: &Collapsed) -> Showing<'_> {
    Showing { order: Order::Oldest, view: View::Threaded, collapsed, selection: None }
}

fn line(thread: &Thread, row: Row) -> String {
    let id = &thread.comment(row.comment).id;
    let marks = [(row.collapsed, " +"), (row.hidden, " (hidden)"), (row.context, " (context)")];
    let marks: String = marks.into_iter().filter_map(|(is, mark)| is.then_some(mark)).collect();
    format!("{}{id}{marks}\n", "  ".repeat(row.indent.into()))
}

/// Rows that are not hidden, where the comments with these ids are looked for, and those with ids in capitals are by
/// the post's author.
fn check_selection(notation: &str, view: View, wanted: Option<&[&str]>, expected: Expect) {
    let mut comments = thread(notation).comments().to_vec();
    for comment in &mut comments {
        comment.by_post_author = comment.id.as_str().starts_with(char::is_uppercase);
    }
    let thread = Thread::build(comments);
    let selection = wanted.map(|wanted| {
        Selection::new(thread.comments().iter().map(|comment| wanted.contains(&comment.id.as_str())).collect())
    });
    let none = Collapsed::default();
    let showing = Showing { view, selection: selection.as_ref(), ..threaded(&none) };
    let rows = build_rows(&thread, &showing);
    assert_eq!(rows.len(), thread.len());
    expected.assert_eq(&rows.into_iter().filter(|row| !row.hidden).map(|row| line(&thread, row)).collect::<String>());
}

const FAMILY: &str = "a; b<a; C<b; d<b; e; f<e; G; h<G";

#[test]
fn what_is_looked_for_comes_with_all_above_it() {
    check_selection(
        FAMILY,
        View::Threaded,
        Some(&["d", "e"]),
        expect![[r#"
        a + (context)
          b + (context)
            d
        e +
    "#]],
    );
    check_selection(FAMILY, View::Threaded, Some(&[]), expect![""]);
}

#[test]
fn a_flat_list_has_matches_and_no_context() {
    check_selection(
        FAMILY,
        View::Flat,
        Some(&["d", "a"]),
        expect![[r#"
        a
        d
    "#]],
    );
}

#[test]
fn the_author_view_has_what_was_asked() {
    check_selection(
        FAMILY,
        View::Author,
        None,
        expect![[r#"
        a + (context)
          b + (context)
            C
        G +
    "#]],
    );
    check_selection(
        FAMILY,
        View::Author,
        Some(&["C", "d"]),
        expect![[r#"
        a + (context)
          b + (context)
            C
    "#]],
    );
}

#[test]
fn replies_among_matches_open_and_close() {
    let thread = thread("a; b<a; c<b; d<a; e");
    let mut selection = Selection::new(vec![true, false, false, true, false]);
    let visible = |selection: &Selection| {
        let none = Collapsed::default();
        let showing = Showing { selection: Some(selection), ..threaded(&none) };
        let rows = build_rows(&thread, &showing).into_iter().filter(|row| !row.hidden);
        rows.map(|row| thread.comment(row.comment).id.as_str().to_owned()).collect::<String>()
    };
    assert_eq!(visible(&selection), "ad");
    selection.open_replies(&thread, 0, true);
    assert_eq!(visible(&selection), "abcd");
    selection.open_replies(&thread, 0, false);
    assert_eq!(visible(&selection), "ad");
    selection.open(4);
    assert_eq!(visible(&selection), "ade");
    assert_eq!(selection.count(), 2);
}

#[test]
fn a_collapsed_comment_hides_its_whole_subtree_only() {
    check(
        "a; b<a; c<b; d",
        &[0],
        expect![[r#"
        a +
          b (hidden)
            c (hidden)
        d
    "#]],
    );
}

#[test]
fn collapse_inside_a_collapsed_comment_is_remembered() {
    check(
        "a; b<a; c<b; d<a; e",
        &[0, 1],
        expect![[r#"
        a +
          b + (hidden)
            c (hidden)
          d (hidden)
        e
    "#]],
    );
}

#[test]
fn a_comment_without_replies_has_nothing_to_collapse() {
    check(
        "a; b",
        &[0],
        expect![[r#"
        a
        b
    "#]],
    );
}

#[test]
fn the_indent_stops_and_a_dialogue_does_not_deepen() {
    check(
        "a; b<a; c<b; d<c; e<d; f<e; g<f; h<g; i<h",
        &[],
        expect![[r#"
        a
          b
            c
              d
                e
                  f
                    g
                    h
                    i
    "#]],
    );
    let names = ["Ann", "Bob", "Ann", "Bob", "Ann", "Cat"];
    let mut comments = thread("a; b<a; c<b; d<c; e<d; f<e").comments().to_vec();
    for (comment, name) in comments.iter_mut().zip(names) {
        comment.author.name = name.to_owned();
    }
    let rows = build_rows(&Thread::build(comments), &threaded(&Collapsed::default()));
    assert_eq!(rows.iter().map(|row| row.indent).collect::<Vec<_>>(), [0, 1, 1, 1, 1, 2]);
}

#[test]
fn ways_lead_past_what_is_hidden() {
    let thread = thread("a; b<a; c<b; d<a; e; f<e; g");
    let mut collapsed = Collapsed::default();
    collapsed.set(1, true);
    let rows = build_rows(&thread, &threaded(&collapsed));
    let is_new = |comment: u32| comment == 2 || comment == 5;
    let check = |from: &str, way: Move, expected: &str| {
        let from = thread.find(&crate::ids::CommentId::new(from));
        let found = destination(&thread, &rows, from, way, &is_new);
        let found = found.map(|index| thread.comment(index).id.as_str().to_owned()).unwrap_or_default();
        assert_eq!(found, expected, "{way:?} from {from:?}");
    };
    check("", Move::Next, "a");
    check("", Move::Parent, "a");
    check("b", Move::Next, "d");
    check("d", Move::Previous, "b");
    check("g", Move::Next, "");
    check("a", Move::Previous, "");
    check("a", Move::NextSibling, "e");
    check("g", Move::PreviousSibling, "e");
    check("b", Move::NextSibling, "d");
    check("d", Move::NextSibling, "");
    check("c", Move::Parent, "b");
    check("c", Move::Root, "a");
    check("a", Move::Root, "");
    check("", Move::NextNew, "c");
    check("c", Move::NextNew, "f");
    check("f", Move::NextNew, "");
    check("", Move::PreviousNew, "f");
    check("f", Move::PreviousNew, "c");
}

#[test]
fn what_is_collapsed_stays_so_in_a_newer_state() {
    let (before, after) = (thread("a; b<a; c; d<c; e; f<e"), thread("c; x<c; e; f<e; a"));
    let mut collapsed = Collapsed::default();
    collapsed.set_all(&before);
    assert_eq!(collapsed.0, [0, 2, 4]);
    assert_eq!(collapsed.carried_over(&before, &after).0, [0, 2, 4]);
    assert!(collapsed.carried_over(&before, &thread("b; d<b")).is_empty());
}

#[test]
fn reveal_opens_all_that_hides_a_comment() {
    let thread = thread("a; b<a; c<b");
    let mut collapsed = Collapsed::default();
    for index in 0..3 {
        collapsed.set(index, true);
    }
    collapsed.reveal(&thread, 2);
    assert!(build_rows(&thread, &threaded(&collapsed)).iter().all(|row| !row.hidden));
    assert!(collapsed.contains(2));
}
