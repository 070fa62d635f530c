use super::*;
use crate::ids::CommentId;
use crate::model::{Comment, Votes};
use crate::time::Timestamp;
use expect_test::{Expect, expect};
use proptest::prelude::*;

/// `a; b<a; c<a@7`: comments in order of arrival, their parents, their minute (the place in the list unless given; `?`
/// for an unknown date).
pub(crate) fn thread(notation: &str) -> Thread {
    let comments = notation.split(';').map(str::trim).filter(|part| !part.is_empty()).enumerate();
    Thread::build(
        comments
            .map(|(place, part)| {
                let (names, minute) = part.split_once('@').unwrap_or((part, ""));
                let (id, parent) = names.split_once('<').map_or((names, None), |(id, parent)| (id, Some(parent)));
                let minute = if minute == "?" { None } else { Some(minute.parse().unwrap_or(place as i64)) };
                Comment {
                    published: minute.and_then(|minute| Timestamp::from_millis(minute * 60_000)),
                    ..comment(id, parent)
                }
            })
            .collect(),
    )
}

pub(crate) fn comment(id: &str, parent: Option<&str>) -> Comment {
    Comment {
        id: CommentId::new(id),
        parent: parent.map(CommentId::new),
        author: crate::model::Author { name: id.to_uppercase(), url: None },
        published: None,
        edited: None,
        body: crate::body::RawBody::default(),
        state: crate::model::CommentState::Published,
        votes: None,
        by_post_author: false,
    }
}

fn picture(thread: &Thread, order: Order) -> String {
    let mut out = String::new();
    for index in thread.order(order) {
        let note = match thread.placement(index) {
            Placement::Root | Placement::Reply(_) => "",
            Placement::Inferred(_) => " (inferred)",
            Placement::Orphan => " (parent missing)",
            Placement::CutCycle => " (ring cut)",
        };
        let indent = "  ".repeat(thread.depth(index) as usize);
        out.push_str(&format!("{indent}{}{note}\n", thread.comment(index).id));
    }
    out
}

fn check(notation: &str, order: Order, expected: Expect) {
    expected.assert_eq(&picture(&thread(notation), order));
}

#[test]
fn replies_follow_what_they_answer() {
    check(
        "a; b; c<a; d<b; e<c",
        Order::Oldest,
        expect![[r#"
        a
          c
            e
        b
          d
    "#]],
    );
}

#[test]
fn newest_turns_roots_and_replies() {
    check(
        "a; b; c<a; d<b; e<a",
        Order::Newest,
        expect![[r#"
        b
          d
        a
          e
          c
    "#]],
    );
}

#[test]
fn a_reply_may_come_before_its_parent() {
    check(
        "b<a; a",
        Order::Oldest,
        expect![[r#"
        a
          b
    "#]],
    );
}

#[test]
fn an_orphan_becomes_a_marked_root() {
    check(
        "a; b<a; d<gone",
        Order::Oldest,
        expect![[r#"
        a
          b
        d (parent missing)
    "#]],
    );
}

#[test]
fn a_ring_is_cut_at_its_earliest_comment_and_keeps_its_tail() {
    check(
        "t<c; c<b@3; b<a@2; a<c@1",
        Order::Oldest,
        expect![[r#"
        a (ring cut)
          b
            c
              t
    "#]],
    );
}

#[test]
fn an_own_parent_is_a_ring_of_one() {
    check(
        "a<a; b<a",
        Order::Oldest,
        expect![[r#"
        a (ring cut)
          b
    "#]],
    );
}

#[test]
fn unknown_dates_come_last_in_both_orders() {
    check(
        "x@?; a; b",
        Order::Oldest,
        expect![[r#"
        a
        b
        x
    "#]],
    );
    check(
        "x@?; a; b",
        Order::Newest,
        expect![[r#"
        b
        a
        x
    "#]],
    );
}

#[test]
fn equal_dates_end_in_the_id() {
    check(
        "10@1; 9@1; 2@1",
        Order::Oldest,
        expect![[r#"
        2
        9
        10
    "#]],
    );
}

/// `a:3/1; b<a`: as [`thread`], with votes for and against; ids in capitals are by the post's author, and a text is as
/// long as its id.
fn voted(notation: &str) -> Thread {
    let votes: Vec<Option<Votes>> = notation
        .split(';')
        .map(|part| {
            let (up, down) = part.split_once(':')?.1.split_once('/')?;
            Some(Votes { up: up.trim().parse().ok()?, down: down.trim().parse().ok()? })
        })
        .collect();
    let plain: Vec<&str> = notation.split(';').map(|part| part.split(':').next().unwrap_or(part)).collect();
    let mut comments = thread(&plain.join(";")).comments().to_vec();
    for (comment, votes) in comments.iter_mut().zip(votes) {
        comment.votes = votes;
        comment.by_post_author = comment.id.as_str().starts_with(char::is_uppercase);
        comment.body = crate::body::RawBody::Text(comment.id.as_str().to_owned());
    }
    Thread::build(comments)
}

fn check_line(notation: &str, order: Order, expected: &str) {
    let thread = voted(notation);
    let ids: Vec<&str> = thread.order(order).into_iter().map(|index| thread.comment(index).id.as_str()).collect();
    assert_eq!(ids.join(" "), expected, "{} of {notation:?}", order.name());
}

#[test]
fn best_weighs_shares_by_how_many_voted() {
    check_line("a:9/1; b:90/10; c:1/0; d; e:0/9", Order::Best, "b a c d e");
    // As published tables of the interval have it.
    for (up, down, expected) in [(0, 0, 0.0), (1, 0, 0.2065), (10, 0, 0.7225), (90, 10, 0.8256), (5, 5, 0.2366)] {
        let bound = wilson_lower_bound(Votes { up, down });
        assert!((bound - expected).abs() < 0.0001, "{up}/{down}: {bound}");
    }
}

#[test]
fn orders_by_votes_turn_roots_and_replies() {
    check_line("a:1/0; b:3/1; c<b:0/5; d<b:2/0; e<b", Order::Top, "b d e c a");
    check_line("a:50/0; b:4/6; c:5/5; d:4/4; e:100/3", Order::Controversial, "c d b e a");
}

#[test]
fn replies_and_activity_count_whole_subtrees() {
    check_line("a; b; c<b; d<c; e; f<e; g<a@9", Order::Replies, "b c d a g e f");
    check_line("a; b; c<b; d<c; e; f<e; g<a@9", Order::Active, "a g e f b c d");
}

#[test]
fn a_conversation_begins_with_what_the_author_said_and_answered() {
    check_line("a; b; C<b; d; e<d; F<e; g<b; H; i<a", Order::Conversation, "H b C g d e F a i");
}

#[test]
fn the_longest_text_comes_first() {
    check_line("aa; b; cccc; dd<b; eee<b", Order::Longest, "cccc aa b eee dd");
    let html = crate::body::RawBody::Html(crate::body::RawHtml::new("<p class=\"long\">1 < 2,\n  naïve</p><!-- x -->"));
    assert_eq!(html.text_len(), "1 < 2, naïve".chars().count());
}

#[test]
fn orders_are_offered_where_they_mean_something() {
    let offered = |thread: &Thread| Order::ALL.into_iter().filter(|&order| thread.offers(order)).count();
    assert_eq!(offered(&thread("a; b")), 5);
    assert_eq!(offered(&voted("a:0/0; B")), 6);
    assert_eq!(offered(&voted("a:0/1; B")), 9);
}

#[test]
fn a_double_id_keeps_both_comments_and_answers_the_first() {
    let thread = thread("a; a; b<a");
    assert_eq!(thread.order(Order::Oldest).len(), 3);
    assert_eq!(thread.placement(2), Placement::Reply(0));
}

#[test]
fn counts_whole_subtrees_and_direct_answers() {
    let thread = thread("a; b<a; c<b; d<a; e");
    assert_eq!((thread.replies(0), thread.answers(0)), (3, 2));
    assert_eq!((thread.replies(4), thread.answers(4)), (0, 0));
    assert_eq!(thread.find(&CommentId::new("d")), Some(3));
    assert_eq!(thread.find(&CommentId::new("nobody")), None);
}

#[test]
fn a_chain_of_a_million_fits_in_a_small_stack() {
    const CHAIN: u32 = 1_000_000;
    const STACK_BYTES: usize = 256 * 1024;
    let work = || {
        let id = |n: u32| CommentId::new(n.to_string());
        let comments = (0..CHAIN).map(|n| Comment { id: id(n), parent: n.checked_sub(1).map(id), ..comment("", None) });
        let thread = Thread::build(comments.collect());
        let order = thread.order(Order::Newest);
        assert_eq!(order.len(), CHAIN as usize);
        assert_eq!(thread.depth(CHAIN - 1), CHAIN - 1);
        assert_eq!(thread.replies(0), CHAIN - 1);
    };
    std::thread::Builder::new().stack_size(STACK_BYTES).spawn(work).unwrap().join().unwrap();
}

/// Any parent graph over `n` ids: roots, rings, missing parents, duplicate ids, equal and unknown dates.
fn any_comments() -> impl Strategy<Value = Vec<Comment>> {
    let votes = proptest::option::of((0..4_u32, 0..4_u32));
    let one = (0..30_u8, proptest::option::of(0..40_u8), proptest::option::of(0..5_i64), votes, any::<bool>());
    proptest::collection::vec(one, 0..60).prop_map(|list| {
        let build = |(id, parent, minute, votes, by_post_author)| Comment {
            published: Option::and_then(minute, Timestamp::from_millis),
            votes: Option::map(votes, |(up, down)| Votes { up, down }),
            by_post_author,
            ..comment(&u8::to_string(&id), Option::map(parent, |p: u8| p.to_string()).as_deref())
        };
        list.into_iter().map(build).collect()
    })
}

proptest! {
    #[test]
    fn every_comment_comes_exactly_once_and_after_its_parent(comments in any_comments()) {
        let thread = Thread::build(comments);
        for order in Order::ALL {
            let walked = thread.order(order);
            let mut sorted = walked.clone();
            sorted.sort_unstable();
            prop_assert_eq!(sorted, (0..thread.len() as u32).collect::<Vec<_>>());
            let mut place = vec![0; thread.len()];
            for (at, &index) in walked.iter().enumerate() {
                place[index as usize] = at;
                if let Some(parent) = thread.placement(index).parent() {
                    prop_assert!(place[parent as usize] < at);
                    prop_assert_eq!(thread.depth(index), thread.depth(parent) + 1);
                }
            }
        }
    }

    #[test]
    fn the_order_does_not_depend_on_the_order_of_the_input(seed in any::<u64>(), n in 1..40_usize) {
        // Distinct ids only: with a double id, "the first" is a matter of the input.
        let parent = |i: usize| (seed.rotate_left(i as u32) as usize % (n + 3)).to_string();
        // Few values, so that all measures tie often.
        let votes = |i: usize| Votes { up: (seed >> (i % 60)) as u32 % 3, down: i as u32 % 2 };
        let one = |i: usize| Comment { votes: Some(votes(i)), ..comment(&i.to_string(), Some(&parent(i))) };
        let list: Vec<Comment> = (0..n).map(one).collect();
        let mut turned = list.clone();
        turned.rotate_left(seed as usize % n);
        turned.reverse();
        for order in Order::ALL {
            prop_assert_eq!(
                picture(&Thread::build(list.clone()), order),
                picture(&Thread::build(turned.clone()), order)
            );
        }
    }
}
