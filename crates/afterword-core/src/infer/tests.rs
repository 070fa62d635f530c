use super::*;
use crate::body::RawBody;
use crate::ids::CommentId;
use crate::model::Author;
use crate::thread::Order;
use crate::thread::tests::comment;
use crate::time::Timestamp;
use proptest::prelude::*;

/// `Ann: text | Bob: text`: comments in order of arrival. `Bob <1: text` has a parent in the data, `Bob?: text` no date,
/// `Bob*: text` is by the post's author.
fn flat(notation: &str) -> Thread {
    let comments = notation.split(" | ").enumerate().map(|(place, part)| {
        let (head, text) = part.split_once(": ").unwrap();
        let (name, parent) = head.split_once(" <").map_or((head, None), |(name, id)| (name, Some(id)));
        let minute = (!name.ends_with('?')).then_some(place as i64 * 60_000);
        Comment {
            author: Author { name: name.trim_end_matches(['?', '*']).to_owned(), url: None },
            published: minute.and_then(Timestamp::from_millis),
            body: RawBody::Text(text.to_owned()),
            by_post_author: name.ends_with('*'),
            ..comment(&(place + 1).to_string(), parent)
        }
    });
    Thread::build(comments.collect())
}

fn picture(links: &[InferredReply]) -> String {
    let one = |link: &InferredReply| format!("{}<{} {:?}", link.comment + 1, link.parent + 1, link.reason);
    links.iter().map(one).collect::<Vec<_>>().join("; ")
}

fn check(notation: &str, expected: &str) {
    assert_eq!(picture(&infer_replies(&flat(notation))), expected, "{notation}");
}

#[test]
fn a_name_at_the_start_is_an_answer() {
    for text in [
        "Ann, try oil.",
        "Ann: try oil",
        "Ann! Oil!",
        "Ann – try oil.",
        "Ann\nTry oil.",
        "Yes, Ann, oil.",
        "Thanks Ann!",
        "Thank you Ann for the oil",
        "Dear Ann, oil.",
        "It needs oil, Ann.",
        "In March, Ann, you can buy oil.",
        "Oh yes, hello Ann",
    ] {
        check(&format!("Ann: It squeaks. | Bob: {text}"), "2<1 NamesAtStart(\"Ann\")");
    }
    check("Íñigo: a | Bob: INIGO, b", "2<1 NamesAtStart(\"INIGO\")");
    check("花子: a | Bob: 花子さん、b", "2<1 NamesAtStart(\"花子さん\")");
    check("花子: a | Bob: 花子 さん b", "2<1 NamesAtStart(\"花子 さん\")");
    check("Maria Lopez: a | Bob: Maria, b", "2<1 NamesAtStart(\"Maria\")");
    check("Ann K.: a | Bob: Ann K., b", "2<1 NamesAtStart(\"Ann K\")");
}

#[test]
fn a_name_that_is_only_mentioned_is_none() {
    for text in [
        "Ann is my hero.",
        "Ann's bell is my hero.",
        "Ann and I squeak.",
        "Ann & Bob, hello",
        "Ann, Cem and I squeak.",
        "Ann, who squeaks, is here.",
        "Ann, by the way, is here.",
        "Ann Smith, my aunt, squeaks.",
        "Ann wrote to me.",
        "Anna, hello",
        "My aunt, Ann, squeaks.",
        "I told my aunt, Ann.",
        "bells, oil, Ann.",
        "I squeak. So did, oddly, Ann.",
        "mail ann@ann.example",
        "Thanks to Ann it squeaks.",
    ] {
        check(&format!("Ann: It squeaks. | Bob: {text}"), "");
    }
}

#[test]
fn nobody_is_guessed_at() {
    // Two who can be meant.
    check("Ann Lee: a | Ann Ray: b | Bob: Ann, c", "");
    check("Ann: a | Ann Lee: b | Bob: @Ann c", "");
    check("Ann: a | Cem: b | Bob: @Ann @Cem c", "");
    check("Ann: a | Cem: b | Bob: Ann, ask @Cem", "");
    // The post's author can be meant before having written.
    check("Ann Lee: a | Bob: Ann, b | Ann*: c", "");
    // Somebody who has not written yet, and the writer.
    check("Bob: Ann, b | Ann: a", "");
    check("Ann: a | Ann: @Ann b", "");
    // Names of nobody, and words.
    check("Anonymous: a | Bob: Anonymous, b", "");
    check("Hope: a | Bob: Hope, patience, carrots", "");
    check("Hope: a | Bob: Hope, as always, dies last", "");
    check("Hope: a | Bob: hope, you know", "");
    check("Hope: a | Bob: Hope, do you know?", "2<1 NamesAtStart(\"Hope\")");
    check("Dr Wind: a | Bob: Dr, b", "");
    check("Don: a | Bob: Don, b", "");
    check("Cara: a | Bob: @Cara b", "2<1 Mention(\"Cara\")");
    check("Hope: a | Bob: Hi Hope, b", "2<1 NamesAtStart(\"Hope\")");
}

#[test]
fn one_of_several_comments_has_to_show() {
    check("Ann: my parrot | Ann: my bicycle | Bob: Ann, hello", "");
    check("Ann: my parrot | Ann: my bicycle | Bob: Ann, does the parrot talk?", "3<1 NamesAtStart(\"Ann\")");
    check("Ann: my parrot | Ann: my bicycle | Bob: Ann, does the parrot ride the bicycle?", "");
    // The only one since one's own.
    check("Ann: my parrot | Bob: a | Ann: b | Bob: @ann c", "4<3 Mention(\"ann\")");
    check("Ann: my parrot | Bob: a | Ann: b | Ann: d | Bob: @ann c", "");
    check("Ann: my parrot | Bob: a | Ann: b | Bob: Ann says c", "");
}

#[test]
fn what_somebody_said_is_taken_up() {
    for text in
        ["Ann says it squeaks.", "As Ann said, it does.", "I agree with Ann.", "Ann is right.", "Ann wrote: yes"]
    {
        check(&format!("Ann: It squeaks. | Bob: {text}"), "2<1 Says(\"Ann\")");
    }
    check("Ann: It squeaks. | Bob: I agree with Ann and Cem.", "");
}

#[test]
fn a_quote_shows_where_it_is_from() {
    let said = "Ann: a | Cem: My parrot rides a bicycle on Sundays. Really.";
    let shows = "Quotes(\"My parrot rides a bicycle\")";
    check(&format!("{said} | Bob: “My parrot rides a bicycle” b"), &format!("3<2 {shows}"));
    check(&format!("{said} | Bob: > My parrot rides a bicycle\nb"), &format!("3<2 {shows}"));
    check(&format!("{said} | Bob: Cem, “my parrot rides a bicycle”!"), "3<2 NamesAtStart(\"Cem\")");
    // The name and the quote disagree; two comments have it; it is short; only a quote has it; nobody does.
    check(&format!("{said} | Bob: Ann, “my parrot rides a bicycle”!"), "");
    check(&format!("{said} | Dee: My parrot rides a bicycle too | Bob: “My parrot rides a bicycle”"), "");
    check(&format!("{said} | Bob: “My parrot rides”"), "");
    check("Ann: “My parrot rides a bicycle” | Bob: “My parrot rides a bicycle”", "");
    check(&format!("{said} | Bob: “My parrot rides a bicycle” and “Nobody ever wrote this line here”"), "");
    let long = "a very long sentence that goes on and on and on ".repeat(9);
    let expected = format!("2<1 Quotes(\"{}…\")", &long[..QUOTE_SHOWN_MAX]);
    check(&format!("Ann: {long} | Bob: > {long}"), &expected);
}

#[test]
fn a_correction_follows_what_it_corrects() {
    for text in
        ["Oops, five.", "Correction: five", "Edit: five", "I meant five.", "*five", "Ich meinte fünf.", "訂正：五"]
    {
        check(&format!("Ann: four | Ann: {text}"), "2<1 Correction");
        check(&format!("Ann: four | Bob: b | Ann: {text}"), "");
        check(&format!("Anonymous: four | Anonymous: {text}"), "");
    }
    check("Ann: four | Ann: Edit the file", "");
    check("Cem: a | Ann: four | Ann: Oops, Cem, five", "");
}

#[test]
fn parents_in_the_data_stay_and_only_earlier_comments_are_answered() {
    check("Ann: a | Bob: b | Cem <2: Ann, c", "");
    check("Ann: a | Bob: b | Cem <9: Ann, c", "");
    check("Bob: @Ann b | Ann: a", "");
    // A reply that came before its root: a link from that root would close a ring.
    check("Ann <2: a | Bob: @Ann b", "");
    // Without any date, ids tell that are numbers; without some dates, those comments are left out.
    check("Ann?: a | Bob?: @Ann b", "2<1 Mention(\"Ann\")");
    check("Ann?: a | Bob: @Ann b", "");
}

#[test]
fn inferred_replies_stand_where_replies_do() {
    let thread = flat("Ann: a | Bob: b | Cem <2: c | Dee: @Cem d | Bob: Dee, yes");
    let links = infer_replies(&thread);
    let inferred = thread.with_inferred(&links);
    assert_eq!(inferred.placement(3), Placement::Inferred(2));
    assert_eq!(inferred.placement(2), Placement::Reply(1));
    assert_eq!((inferred.depth(4), inferred.replies(1), inferred.answers(1)), (3, 3, 1));
    assert_eq!(inferred.reason(3), Some(&Reason::Mention("Cem".into())));
    assert_eq!((inferred.reason(2), inferred.reason(0)), (None, None));
    assert_eq!(inferred.order(Order::Oldest), [0, 1, 2, 3, 4]);
    assert_eq!(inferred.find(&CommentId::new("4")), Some(3));
    assert!(std::ptr::eq(thread.comments(), inferred.comments()), "texts are shared");
    assert_eq!(thread.placement(3), Placement::Root, "the thread itself stays as it was");
}

#[test]
fn foolish_links_are_left_out() {
    let thread = flat("Ann: a | Bob: b | Cem <2: c | Dee: d");
    let link = |comment, parent| InferredReply { comment, parent, reason: Reason::Correction };
    let links =
        [link(0, 3), link(3, 0), link(1, 2), link(2, 0), link(3, 3), link(9, 0), link(0, 9), link(0, 1), link(1, 0)];
    let placed = thread.with_inferred(&links);
    let placements: Vec<Placement> = (0..4).map(|index| placed.placement(index)).collect();
    assert_eq!(placements, [Placement::Inferred(3), Placement::Inferred(0), Placement::Reply(1), Placement::Root]);
    assert_eq!(placed.order(Order::Oldest), [3, 0, 1, 2]);
}

/// Comments of few people with few words, so that much is named and quoted; some have parents.
fn any_thread() -> impl Strategy<Value = Thread> {
    let names = ["Ann", "ann lee", "Bob", "Hope", "花子", "", "Anonymous"];
    let texts = [
        "Ann, what a fine parrot it is",
        "@bob see @Ann",
        "Hope, you know",
        "花子さん、はい",
        "“what a fine parrot it is” indeed",
        "> the bicycle is at the station\nnot mine",
        "Oops, the bicycle is at the station",
        "Bob says so, Ann.",
        "<blockquote>what a fine parrot it is",
        "Thanks Bob!",
    ];
    let one = (
        0..names.len(),
        0..texts.len(),
        proptest::option::weighted(0.2, 0..30_u8),
        proptest::option::weighted(0.9, 0..9_i64),
    );
    proptest::collection::vec(one, 0..30).prop_map(move |list| {
        let build = |(place, (name, text, parent, minute)): (usize, (usize, usize, Option<u8>, Option<i64>))| Comment {
            author: Author { name: names[name].to_owned(), url: None },
            published: minute.and_then(Timestamp::from_millis),
            body: RawBody::Text(texts[text].to_owned()),
            ..comment(&place.to_string(), parent.map(|parent| parent.to_string()).as_deref())
        };
        Thread::build(list.into_iter().enumerate().map(build).collect())
    })
}

proptest! {
    #[test]
    fn links_lead_back_in_time_and_touch_roots_only(thread in any_thread()) {
        let links = infer_replies(&thread);
        prop_assert_eq!(&links, &infer_replies(&thread));
        prop_assert!(links.is_sorted_by(|a, b| a.comment < b.comment), "never two for one");
        let inferred = thread.with_inferred(&links);
        for link in &links {
            prop_assert_eq!(thread.placement(link.comment), Placement::Root);
            let time = |index: u32| (thread.comment(index).published, index);
            prop_assert!(time(link.parent) < time(link.comment));
            // All of them can be placed: none is in a ring.
            prop_assert_eq!(inferred.placement(link.comment), Placement::Inferred(link.parent));
        }
        for index in 0..thread.len() as u32 {
            if thread.placement(index) != Placement::Root {
                prop_assert_eq!(thread.placement(index), inferred.placement(index));
            }
        }
        let mut walked = inferred.order(Order::Newest);
        walked.sort_unstable();
        prop_assert_eq!(walked, (0..thread.len() as u32).collect::<Vec<_>>());
    }

    #[test]
    fn slices_give_the_same(thread in any_thread()) {
        let mut inference = Inference::new(&thread);
        let mut slices = 0;
        while !inference.extend(&thread, || true) {
            slices += 1;
        }
        prop_assert!(slices >= thread.comments().iter().filter(|comment| comment.published.is_some()).count());
        prop_assert_eq!(inference.finish(&thread), infer_replies(&thread));
    }

    #[test]
    fn links_stay_when_comments_arrive(thread in any_thread()) {
        // Without parents and dates, so that no comment comes between others.
        let comments = || thread.comments().iter().map(|c| Comment { parent: None, published: None, ..c.clone() });
        let all = infer_replies(&Thread::build(comments().collect()));
        let half = thread.len() / 2;
        let before = infer_replies(&Thread::build(comments().take(half).collect()));
        let kept: Vec<_> = all.into_iter().filter(|link| (link.comment as usize) < half).collect();
        prop_assert_eq!(before, kept);
    }

    #[test]
    fn any_text_is_read(text in "\\PC{0,60}", name in "\\PC{0,12}") {
        let texts = [format!("{name}: a"), format!("Bob: {text}"), format!("Cem: {name}, {text}")];
        let named = Comment { author: Author { name, url: None }, ..comment("1", None) };
        let comments = texts.into_iter().enumerate().map(|(place, text)| Comment {
            id: CommentId::new(place.to_string()),
            body: if place == 1 { RawBody::Html(crate::body::RawHtml::new(text)) } else { RawBody::Text(text) },
            ..named.clone()
        });
        infer_replies(&Thread::build(comments.collect()));
    }
}

#[test]
fn work_grows_with_the_length_of_the_texts_only() {
    /// Comments that all say, name and quote the same, and that quote differently after the same beginning.
    fn compared(n: u32) -> usize {
        let comments = (0..n).map(|i| Comment {
            author: Author { name: format!("Ann {}", i % 7), url: Some(format!("https://ann-{i}.example")) },
            body: RawBody::Text(format!("@Ann “the parrot rides the bicycle {i}”\nthe parrot rides the bicycle {i}")),
            ..comment(&i.to_string(), None)
        });
        let thread = Thread::build(comments.collect());
        let mut inference = Inference::new(&thread);
        inference.extend(&thread, || false);
        inference.traces.compared
    }
    let (some, many) = (compared(500), compared(5_000));
    assert!(some > 0 && many <= 10 * some, "{some} then {many}");
}
