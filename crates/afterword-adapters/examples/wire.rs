//! The adapters for programs in other languages: a line of JSON in, a line of JSON out. The tests against real servers
//! send what comes out, and put what the servers answer in again.
//!
//! `wire isso https://comments.example/ https://blog.example/` speaks to a server of Isso for that site. Each line
//! names what is to be done: `{"do": "letter", "post": "posts/hello/", "reply": "12", "text": "…"}` gives the request;
//! the same with `"response"` gives what it means. `"wishes"` of a list are remembered.

use afterword_adapters::back_end::{Fault, Form, Live, Part, Removed, Vote, Voted};
use afterword_adapters::wire::{Request, Response};
use afterword_core::body::RawBody;
use afterword_core::ids::{CommentId, PostPath};
use afterword_core::model::{BackEnd, Comment, CommentState, Votes};
use afterword_core::writing::{Answer, Letter, Place, Target, Utf16, Writer};
use serde_json::{Value, json};
use std::error::Error;
use std::io::{BufRead, Write, stdin, stdout};

fn main() -> Result<(), Box<dyn Error>> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let [kind, endpoint, site] = given.as_slice() else { return Err("wire isso ENDPOINT SITE".into()) };
    if kind != "isso" {
        return Err(format!("no such back end: {kind}").into());
    }
    let mut live = Live::new(&BackEnd::Isso(endpoint.clone()), site).ok_or("no server")?;
    for line in stdin().lock().lines() {
        let order: Value = serde_json::from_str(&line?)?;
        let said = match obey(&mut live, &order, site) {
            Ok(said) => said,
            Err(error) => json!({"error": error.to_string()}),
        };
        writeln!(stdout(), "{said}")?;
    }
    Ok(())
}

fn obey(live: &mut Live, order: &Value, site: &str) -> Result<Value, Box<dyn Error>> {
    let text = |key: &str| order[key].as_str().unwrap_or_default().to_owned();
    let post = PostPath::parse(&text("post")).ok_or("no post")?;
    let id = CommentId::new(text("id"));
    let form = if order["form"] == "source" { Form::Source } else { Form::Shown };
    let part = match (order["answers_of"].as_i64(), order["offset"].as_u64()) {
        (None, offset) => Part::Roots(u32::try_from(offset.unwrap_or_default())?),
        (Some(of), offset) => Part::Answers(of, u32::try_from(offset.unwrap_or_default())?),
    };
    let vote = if order["down"] == true { Vote::Down } else { Vote::Up };
    let letter = letter(order, site, &post);
    let Some(response) = response(&order["response"]) else {
        let request = match order["do"].as_str() {
            Some("list") => Some(live.encode_list(&post, part, form)),
            Some("letter") => match live.encode_letter(&letter, &text("answered")) {
                Ok(request) => Some(request),
                Err(refusal) => return Ok(json!({"refused": format!("{refusal:?}")})),
            },
            Some("sent") => return Ok(json!({"text": live.sent_text(&letter, &text("answered"))})),
            Some("vote") => live.encode_vote(&id, vote),
            Some("own") => live.encode_own(&id),
            Some("delete") => live.encode_delete(&id),
            Some("count") => Some(live.encode_count(&[post])),
            _ => return Err("nothing to do".into()),
        };
        return Ok(request.map_or(Value::Null, show_request));
    };
    Ok(match order["do"].as_str() {
        Some("list") => {
            let decoded = live.decode_list(&response, &post, part, form).map_err(fault)?;
            let page = decoded.value;
            if let Some(wishes) = page.wishes {
                live.learn(wishes);
            }
            let more = page.more.iter().map(|part| match part {
                Part::Roots(offset) => json!({"offset": offset}),
                Part::Answers(of, offset) => json!({"answers_of": of, "offset": offset}),
            });
            let capabilities = live.capabilities();
            json!({
                "comments": page.comments.iter().map(show).collect::<Vec<_>>(),
                "more": more.collect::<Vec<_>>(),
                "total": page.total,
                "warnings": decoded.warnings.iter().map(|w| format!("{} {:?}", w.place, w.kind)).collect::<Vec<_>>(),
                "name": format!("{:?}", capabilities.name),
                "email": format!("{:?}", capabilities.email),
            })
        }
        Some("letter") => match live.decode_letter(&response, &letter) {
            Answer::Published(comment) => json!({"published": show(&comment)}),
            Answer::Held(comment) => json!({"held": comment.as_deref().map(show)}),
            Answer::Refused(refusal) => json!({"refused": format!("{refusal:?}")}),
            Answer::Later { wait_seconds, why } => json!({"later": wait_seconds, "why": format!("{why:?}")}),
            Answer::Unclear(why) => json!({"unclear": format!("{why:?}")}),
        },
        Some("vote") => match live.decode_vote(&response).map_err(fault)? {
            Voted::Counted(Votes { up, down }) => json!({"counted": [up, down]}),
            Voted::Refused(Votes { up, down }) => json!({"refused": [up, down]}),
            Voted::Gone => json!("gone"),
        },
        Some("own") => show(&live.decode_own(&response, &post).map_err(fault)?),
        Some("delete") => match live.decode_delete(&response, &post).map_err(fault)? {
            Removed::Gone => json!("gone"),
            Removed::Emptied(comment) => json!({"emptied": show(&comment)}),
            Removed::Refused(refusal) => json!({"refused": format!("{refusal:?}")}),
        },
        Some("count") => json!(live.decode_count(&response).map_err(fault)?),
        _ => return Err("nothing to do".into()),
    })
}

fn letter(order: &Value, site: &str, post: &PostPath) -> Letter {
    let text = |key: &str| order[key].as_str().unwrap_or_default().to_owned();
    let target = match (order["reply"].as_str(), order["edit"].as_str()) {
        (Some(id), _) => Target::Reply(CommentId::new(id)),
        (None, Some(id)) => Target::Edit(CommentId::new(id)),
        (None, None) => Target::Thread,
    };
    Letter {
        place: Place { site: site.to_owned(), post: post.clone(), target },
        title: text("title"),
        text: Utf16::from(text("text").as_str()),
        writer: Writer { name: text("name"), email: text("email"), website: text("website") },
    }
}

fn response(given: &Value) -> Option<Response> {
    let text = |key: &str| given[key].as_str().map(str::to_owned);
    Some(Response {
        status: u16::try_from(given["status"].as_u64()?).ok()?,
        url: text("url").unwrap_or_default(),
        redirected: given["redirected"] == true,
        content_type: text("content_type"),
        retry_after: text("retry_after"),
        body: text("body").unwrap_or_default().into_bytes(),
    })
}

fn show_request(request: Request) -> Value {
    let Request { method, url, headers, body, credentials } = request;
    let headers: serde_json::Map<String, Value> =
        headers.into_iter().map(|(name, value)| (name, json!(value))).collect();
    json!({"method": method.as_str(), "url": url, "headers": headers, "body": body, "credentials": credentials})
}

fn show(comment: &Comment) -> Value {
    let (html, text) = match &comment.body {
        RawBody::Html(html) => (Some(html.to_encode()), None),
        RawBody::Text(text) => (None, Some(text.as_str())),
    };
    json!({
        "id": comment.id.as_str(),
        "parent": comment.parent.as_ref().map(CommentId::as_str),
        "name": comment.author.name,
        "website": comment.author.url,
        "html": html,
        "text": text,
        "deleted": comment.state == CommentState::Deleted,
        "votes": comment.votes.map(|Votes { up, down }| [up, down]),
        "edited": comment.edited.is_some(),
    })
}

fn fault(fault: Fault) -> String {
    format!("{fault:?}")
}
