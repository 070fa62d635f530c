//! Isso: what is asked, and what is made of its answers. The answers are as a real server gave them, shortened.

mod answers;
mod hostile;
mod lists;
mod requests;

use afterword_adapters::back_end::Live;
use afterword_adapters::wire::Response;
use afterword_core::body::RawBody;
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{BackEnd, Comment, CommentState, Votes};
use afterword_core::writing::{Letter, Place, Target, Utf16, Writer};

fn isso() -> Live {
    Live::new(&BackEnd::Isso("https://talk.example/isso/".to_owned()), "https://blog.example/sub/").unwrap()
}

fn post() -> PostPath {
    PostPath::parse("posts/größe/").unwrap()
}

fn letter(target: Target, text: &str) -> Letter {
    let place = Place { site: "https://blog.example/sub/".to_owned(), post: post(), target };
    let writer = Writer { name: " Ann ".to_owned(), email: "ann@a.example".to_owned(), website: String::new() };
    Letter { place, title: "Size".to_owned(), text: Utf16::from(text), writer }
}

fn reply_to(id: &str) -> Target {
    Target::Reply(CommentId::new(id))
}

fn edit_of(id: &str) -> Target {
    Target::Edit(CommentId::new(id))
}

fn json(status: u16, body: &str) -> Response {
    let content_type = Some("application/json".to_owned());
    Response { status, content_type, body: body.as_bytes().to_vec(), ..Response::default() }
}

/// One of Isso's error pages.
fn refused(status: u16, reason: &str) -> Response {
    let body = format!("<!doctype html>\n<html lang=en>\n<title>{status} X</title>\n<h1>X</h1>\n<p>{reason}</p>\n");
    let content_type = Some("text/html; charset=utf-8".to_owned());
    Response { status, content_type, body: body.into_bytes(), ..Response::default() }
}

fn picture_of(comment: &Comment) -> String {
    let mut line = comment.id.to_string();
    if let Some(parent) = &comment.parent {
        line.push_str(&format!("<{parent}"));
    }
    line.push_str(&format!(" {:?}", comment.author.name));
    if let Some(url) = &comment.author.url {
        line.push_str(&format!(" ({url})"));
    }
    for (label, date) in [("", comment.published), ("edited ", comment.edited)] {
        if let Some(date) = date {
            line.push_str(&format!(" {label}{date}"));
        }
    }
    match &comment.body {
        RawBody::Html(html) => line.push_str(&format!(" html {:?}", html.to_encode())),
        RawBody::Text(text) => line.push_str(&format!(" text {text:?}")),
    }
    if comment.state == CommentState::Deleted {
        line.push_str(" deleted");
    }
    if let Some(Votes { up, down }) = comment.votes {
        line.push_str(&format!(" +{up} -{down}"));
    }
    line + "\n"
}
