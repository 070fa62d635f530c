//! Comments by mail, by link and by copying.

use afterword_core::compose::by_hand::{NotThisWay, filled_link, mail_to, to_read};
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::writing::{Letter, Place, Target, Utf16, Writer};

fn letter(text: &str) -> Letter {
    Letter {
        place: Place {
            site: "https://blog.example/".to_owned(),
            post: PostPath::parse("posts/größe").unwrap(),
            target: Target::Reply(CommentId::new("1 2")),
        },
        title: "Size & \n shape".to_owned(),
        text: Utf16::from(text),
        writer: Writer { name: "Ann".to_owned(), email: "ann@a.example".to_owned(), website: String::new() },
    }
}

const ADDRESS: &str = "https://blog.example/posts/gr%C3%B6%C3%9Fe/#comment-1_202";

#[test]
fn what_is_copied_says_it_all_but_the_mail_address() {
    assert_eq!(to_read(&letter("One\ntwo\n")), format!("One\ntwo\n\n— Ann\n\n{ADDRESS}\n"));
    let mut unsigned = letter("a");
    unsigned.writer = Writer { website: "https://ann.example".to_owned(), ..Writer::default() };
    unsigned.place.target = Target::Thread;
    assert_eq!(to_read(&unsigned), "a\n\n— https://ann.example\n\nhttps://blog.example/posts/gr%C3%B6%C3%9Fe/\n");
}

#[test]
fn a_mail_is_filled_in() {
    let mail = mail_to("mina+blog@blog.example", &letter("1 & 2?\r\n#3 50%")).unwrap();
    assert_eq!(
        mail,
        "mailto:mina+blog@blog.example?subject=Re%3A%20Size%20%26%20shape&body=1%20%26%202%3F%0D%0A%233%2050%25\
         %0D%0A%0D%0A%E2%80%94%20Ann%0D%0A%0D%0Ahttps%3A%2F%2Fblog.example%2Fposts%2Fgr%25C3%25B6%25C3%259Fe%2F%23comment-1_202%0D%0A"
    );
    assert_eq!(mail_to("x?cc=you@a.example", &letter("a")).unwrap().split('?').count(), 2, "no further receiver");
    for bad in ["", "nobody", "@a", "a@", "a b@c"] {
        assert_eq!(mail_to(bad, &letter("a")), Err(NotThisWay::NoAddress), "{bad:?}");
    }
}

#[test]
fn long_texts_go_another_way() {
    let mina = |text: &str| mail_to("m@b.example", &letter(text)).map(|_| ());
    assert_eq!(mina(&"a".repeat(1_300)), Ok(()));
    assert_eq!(mina(&"a".repeat(1_501)), Err(NotThisWay::TooLong));
    assert_eq!(mina(&"字".repeat(300)), Err(NotThisWay::TooLong), "nine bytes each");
    let link = |text: &str| filled_link("https://a.example/new?body={text}", &letter(text)).map(|_| ());
    assert_eq!((link(&"a".repeat(6_000)), link(&"a".repeat(7_001))), (Ok(()), Err(NotThisWay::TooLong)));
}

#[test]
fn a_link_is_filled_in() {
    let check = |template: &str, expected: Result<&str, NotThisWay>| {
        let filled = filled_link(template, &letter("a {url}\nb"));
        assert_eq!(filled.as_deref().map_err(|error| *error), expected, "{template}");
    };
    check(
        "https://git.example/new?title={title}&body={text}&from={url}",
        Ok("https://git.example/new?title=Size%20%26%20shape&body=a%20%7Burl%7D%0Ab%0A%0A%E2%80%94%20Ann\
            &from=https%3A%2F%2Fblog.example%2Fposts%2Fgr%25C3%25B6%25C3%259Fe%2F%23comment-1_202"),
    );
    check("https://git.example/new?{other}={", Ok("https://git.example/new?{other}={"));
    check("javascript:alert({text})", Err(NotThisWay::NoAddress));
    check("{text}", Err(NotThisWay::NoAddress));
}
