use super::*;
use crate::body::{RawBody, RawHtml};
use crate::model::Author;
use crate::model::Comment;
use crate::thread::tests::comment;
use expect_test::{Expect, expect};
use proptest::prelude::*;
use std::cell::Cell;

/// `Name: text` to a line.
fn thread(lines: &str) -> Thread {
    let comments = lines.lines().map(str::trim).filter(|line| !line.is_empty()).enumerate();
    Thread::build(
        comments
            .map(|(place, line)| {
                let (name, text) = line.split_once(": ").unwrap();
                Comment {
                    author: Author { name: name.to_owned(), url: None },
                    body: RawBody::Text(text.to_owned()),
                    ..comment(&place.to_string(), None)
                }
            })
            .collect(),
    )
}

fn subjects(thread: &Thread) -> Subjects {
    SubjectsBuilder::new().finish(thread)
}

fn picture(subjects: &Subjects) -> String {
    let line = |subject: &Subject| format!("{} ({} by {})\n", subject.name, subject.count, subject.authors);
    subjects.list().iter().map(line).collect()
}

fn check(lines: &str, expected: Expect) {
    expected.assert_eq(&picture(&subjects(&thread(lines))));
}

#[test]
fn fifty_people_giving_advice_become_a_list() {
    check(
        include_str!("threads/shoulders.txt"),
        expect![[r#"
            physio (6 by 6)
            shoulder (5 by 5)
            foam roller (4 by 4)
            pillow (4 by 4)
            stretch (4 by 4)
            hot water bottle (3 by 3)
            resistance bands (3 by 3)
            tennis ball (3 by 3)
            wall slides (3 by 3)
            arm (3 by 3)
            Swimming (3 by 3)
            massage (3 by 3)
            pulls (3 by 3)
            face (3 by 3)
            heat (3 by 3)
            hangs (3 by 3)
        "#]],
    );
}

#[test]
fn japanese_is_read_without_spaces() {
    check(
        include_str!("threads/knives_ja.txt"),
        expect![[r#"
        砥石 (6 by 6)
        角度 (5 by 5)
        切れ味 (4 by 4)
        刃物屋 (3 by 3)
        刃先 (3 by 3)
        シャープナー (3 by 3)
        カエリ (3 by 3)
    "#]],
    );
}

#[test]
fn german_is_read_with_its_endings() {
    check(
        include_str!("threads/messer_de.txt"),
        expect![[r#"
        Schleifstein (4 by 4)
        Klinge (4 by 4)
        Messer (4 by 4)
        Körnung (3 by 3)
        Schneide (3 by 3)
        Lederriemen (3 by 3)
        Holz (3 by 3)
        Filzstift (3 by 3)
    "#]],
    );
}

#[test]
fn spanish_phrases_have_small_words_inside() {
    check(
        include_str!("threads/hombros_es.txt"),
        expect![[r#"
        bandas elásticas (4 by 4)
        bolsa de agua caliente (3 by 3)
        almohada (3 by 3)
        dolor (3 by 3)
        fisioterapeuta (3 by 3)
        ejercicios (3 by 3)
        espaldas (3 by 3)
        estiramientos (3 by 3)
        mochila (3 by 3)
    "#]],
    );
}

#[test]
fn french_words_come_apart_at_apostrophes() {
    check(
        include_str!("threads/couteaux_fr.txt"),
        expect![[r#"
        lame (4 by 4)
        pierre à aiguiser (3 by 3)
        huile d'olive (3 by 3)
        angle (3 by 3)
        bois (3 by 3)
        planche (3 by 3)
        rémouleur (3 by 3)
        cuir (3 by 3)
    "#]],
    );
}

#[test]
fn chinese_runs_of_signs_recur() {
    check(
        include_str!("threads/knives_zh.txt"),
        expect![[r#"
        磨刀石 (4 by 4)
        刀刃 (4 by 4)
        牛皮带 (3 by 3)
        菜市场 (3 by 3)
        角度 (3 by 3)
        毛刺 (3 by 3)
        师傅 (3 by 3)
    "#]],
    );
}

#[test]
fn arabic_is_read_without_its_prefixes() {
    check(
        include_str!("threads/shoulders_ar.txt"),
        expect![[r#"
            العلاج الطبيعي (3 by 3)
            الزيتون (3 by 3)
            كمادات (3 by 3)
            التمارين (3 by 3)
            الشاشة (3 by 3)
            الوسادة (3 by 3)
            السباحة (3 by 3)
            الألم (3 by 3)
        "#]],
    );
}

#[test]
fn hebrew_is_read_without_its_prefixes() {
    check(
        include_str!("threads/knives_he.txt"),
        expect![[r#"
        הלהב (4 by 4)
        אבן משחזת (3 by 3)
        קרש חיתוך (3 by 3)
        רצועת עור (3 by 3)
        הזווית (3 by 3)
        במדיח (3 by 3)
        המשחיז (3 by 3)
    "#]],
    );
}

/// Twenty comments by as many people who say nothing, and those given.
fn among_others(lines: &str) -> Thread {
    let others: String = (0..20).map(|n| format!("Other{n}: Well, yes.\n")).collect();
    thread(&format!("{others}{lines}"))
}

fn check_names(lines: &str, expected: &[&str]) {
    let subjects = subjects(&among_others(lines));
    let names: Vec<&str> = subjects.list().iter().map(|subject| subject.name.as_str()).collect();
    assert_eq!(names, expected, "{lines}");
}

#[test]
fn it_takes_three_people_and_twenty_comments() {
    check_names("A: rope\nB: rope", &[]);
    check_names("A: rope\nB: rope\nA: rope", &[]);
    check_names("A: rope\nB: rope\nC: rope", &["rope"]);
    check_names(": rope\n: rope\nAnonymous: rope\nAnonymous: rope", &["rope"]);
    assert!(subjects(&thread("A: rope\nB: rope\nC: rope")).list().is_empty());
}

#[test]
fn what_nearly_everybody_says_says_nothing() {
    let said_by = |n: usize| {
        let lines = (0..30).map(|place| format!("Other{place}: {}\n", if place < n { "rope" } else { "yes" }));
        subjects(&thread(&lines.collect::<String>())).list().len()
    };
    assert_eq!((said_by(18), said_by(19)), (1, 0));
}

#[test]
fn a_phrase_takes_the_place_of_its_words() {
    check_names("A: a foam roller\nB: Foam rollers!\nC: foam-roller", &["foam roller"]);
    check_names(
        "A: foam roller\nB: foam roller\nC: foam roller\nD: a roller\nE: the roller\nF: my roller",
        &["roller", "foam roller"],
    );
    check_names("A: a cup of tea\nB: two cups of tea\nC: your cup of tea", &["cup of tea"]);
    check_names("A: oil, rope\nB: oil. rope\nC: oil (rope)", &["oil", "rope"]);
    check_names("A: WD-40\nB: WD 40\nC: try WD-40", &["WD-40"]);
}

#[test]
fn forms_of_a_word_are_one_and_the_commonest_is_shown() {
    check_names("A: stretching helps\nB: I stretched it\nC: two stretches\nD: the stretches", &["stretches"]);
    check_names("A: Rope! Rope!\nB: Rope. Rope.\nC: this rope", &["Rope"]);
    check_names("A: Rope.\nB: Rope.\nC: this rope", &["rope"]);
    check_names("A: the TV\nB: my TV\nC: on TV", &["TV"]);
    check_names("A: knife\nB: knives\nC: knife's", &["knife"]);
}

#[test]
fn those_who_speak_are_no_subject() {
    check_names("Ann Lee: Yes.\nB: Ann is right\nC: as Ann says\nD: ann!", &[]);
    check_names("Kit: Yes.\nB: a kit, Kit\nC: my kit\nD: the kit", &["kit"]);
    check_names("A: @rope knots\nB: @rope knots\nC: @rope knots", &["knots"]);
    check_names("田中: はい。\nB: 田中さん\nC: 田中さん、\nD: 田中さん。", &[]);
}

#[test]
fn quotations_code_and_addresses_are_not_read() {
    let quoting = |name: &str, place: usize, html: &str| Comment {
        author: Author { name: name.to_owned(), url: None },
        body: RawBody::Html(RawHtml::new(html)),
        ..comment(&place.to_string(), None)
    };
    let html = "<blockquote>rope</blockquote><p>kno<b>ts</b><pre>oil</pre> https://soap.example/soap";
    let comments = (0..25).map(|n| quoting(&format!("N{n}"), n, if n < 5 { html } else { "" }));
    assert_eq!(picture(&subjects(&Thread::build(comments.collect()))), "knots (5 by 5)\n");
}

#[test]
fn deleted_comments_name_nothing() {
    let mut comments = thread("A: rope\nB: rope\nC: rope").comments().to_vec();
    comments.extend((0..20).map(|n| comment(&format!("x{n}"), None)));
    let check = |comments: &[Comment], expected| {
        assert_eq!(subjects(&Thread::build(comments.to_vec())).list().len(), expected);
    };
    check(&comments, 1);
    comments[0].state = CommentState::Deleted;
    check(&comments, 0);
}

#[test]
fn a_subject_is_found_by_its_name() {
    let subjects = subjects(&thread(include_str!("threads/couteaux_fr.txt")));
    let name = |asked: &str| subjects.find(asked).map(|subject| subject.name.as_str());
    assert_eq!(name(" Remouleur"), Some("rémouleur"));
    assert_eq!(name("HUILE D’OLIVE"), Some("huile d'olive"));
    assert_eq!(name("huile"), None);
}

#[test]
fn slices_make_no_difference() {
    let thread = thread(include_str!("threads/shoulders.txt"));
    let whole = subjects(&thread);
    let mut builder = SubjectsBuilder::new();
    let mut slices = 0;
    while !builder.extend(&thread, || true) {
        slices += 1;
    }
    assert!(slices > 10, "{slices}");
    assert_eq!(builder.finish(&thread), whole);
    let looks = Cell::new(0);
    let mut builder = SubjectsBuilder::new();
    assert!(!builder.extend(&thread, || looks.replace(looks.get() + 1) == 2));
    assert_eq!(builder.finish(&thread), whole);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_thread_has_sound_subjects(lines in prop::collection::vec("[a-c]", 0..60), words in prop::collection::vec(
        "(rope |Öl |foam |of |de |d'|40 |- |@|, |砥石|の|り|カエリ|ال|\u{301}|http://x )+", 60)) {
        let lines: String = lines.iter().zip(&words).map(|(name, text)| format!("{name}: {text}\n")).collect();
        let thread = thread(&lines);
        let subjects = subjects(&thread);
        prop_assert!(subjects.list().len() <= SUBJECTS_MAX);
        for subject in subjects.list() {
            prop_assert!(subject.comments.is_sorted_by(|a, b| a < b));
            prop_assert_eq!(subject.count as usize, subject.comments.len());
            prop_assert!(subject.authors >= AUTHORS_MIN && subject.authors <= subject.count);
            prop_assert!(subject.comments.iter().all(|&index| (index as usize) < thread.len()));
            prop_assert_eq!(subjects.find(&subject.name), Some(subject));
        }
        let order = |subject: &Subject| (u32::MAX - subject.authors, u32::MAX - subject.count);
        prop_assert!(subjects.list().is_sorted_by_key(order));
    }
}
