//! Made-up threads for measuring: the same size and seed give the same bytes on every machine.
//!
//! They are shaped like real ones: about 60 % replies, depth falling off geometrically to 12, few people who write
//! much, words that repeat as words do (so that the text compresses like prose).

mod random;
mod words;

use crate::content::{ContentError, ContentFolder};
use afterword_core::body::{RawBody, RawHtml};
use afterword_core::ids::{CommentId, PostSlug};
use afterword_core::model::{Author, Comment, CommentState, Post, PostKind, PostLinks, Site, ThreadInfo, Votes};
use afterword_core::time::{Civil, Timestamp};
use random::Random;
use words::Words;

/// Deepest reply.
const DEPTH_MAX: usize = 12;
/// Of a hundred comments, how many start a conversation of their own.
const ROOTS_PERCENT: u64 = 40;
/// Of a hundred replies at any depth, how many go a level deeper.
const DEEPER_PERCENT: u64 = 55;
/// A thread has a quarter as many people as comments, but not more than this.
const AUTHORS_MAX: usize = 400;
/// ... and not fewer than this.
const AUTHORS_MIN: usize = 12;
/// A thread goes on for so many days.
const DAYS: u64 = 90;

/// Writes a content folder with a post for each of these sizes: `posts/thread-1000/` and so on.
///
/// # Errors
/// When something cannot be written.
pub fn generate_content(out: &std::path::Path, sizes: &[u32], seed: u64) -> Result<(), ContentError> {
    let folder = ContentFolder::create(out)?;
    let site = Site {
        title: "Made-up threads".to_owned(),
        description: Some("For measuring".to_owned()),
        url: Some("https://blog.example/".to_owned()),
        base_path: "/".to_owned(),
        language: Some("en".to_owned()),
        ..Site::default()
    };
    folder.write_site(&site)?;
    for size in sizes {
        folder.write_post(&site, generate_post(*size, seed), generate_thread(*size, seed))?;
    }
    folder.write_feed(&site)
}

fn generate_post(size: u32, seed: u64) -> Post {
    let mut random = Random::new(seed ^ u64::from(size));
    let mut words = Words::new(&mut random);
    let paragraphs: String = (0..4).map(|_| words.body(&mut random, 60, 90)).collect();
    Post {
        slug: PostSlug::new(format!("thread-{size}")),
        id: format!("https://blog.example/posts/thread-{size}/"),
        title: format!("A thread of {size} comments"),
        authors: vec![Author { name: words.name(&mut random), url: None }],
        published: start(),
        modified: None,
        summary: None,
        language: None,
        tags: Vec::new(),
        body: RawBody::Html(RawHtml::new(paragraphs)),
        thread: ThreadInfo::default(),
        kind: PostKind::Post,
        sticky: false,
        aliases: Vec::new(),
        links: PostLinks::default(),
    }
}

/// The comments of a thread, in order of arrival; ids count from 1, parents come before their replies.
pub fn generate_thread(size: u32, seed: u64) -> Vec<Comment> {
    let mut random = Random::new(seed.wrapping_mul(7919).wrapping_add(u64::from(size)));
    let mut words = Words::new(&mut random);
    let people = (size as usize / 4).clamp(AUTHORS_MIN, AUTHORS_MAX);
    let authors: Vec<Author> = (0..people).map(|_| words.author(&mut random)).collect();
    let mut dates: Vec<u64> = (0..size).map(|_| random.below(DAYS * 86_400)).collect();
    dates.sort_unstable();

    // The numbers of the comments at each depth, oldest first.
    let mut by_depth: Vec<Vec<u32>> = Vec::new();
    let mut thread = Vec::with_capacity(size as usize);
    for (number, seconds) in (1..=size).zip(dates) {
        let parent = pick_parent(&mut random, &by_depth);
        let depth = parent.map_or(0, |(depth, _)| depth + 1);
        if by_depth.len() == depth {
            by_depth.push(Vec::new());
        }
        by_depth[depth].push(number);
        let author = random.below(people as u64).min(random.below(people as u64));
        let up = u32::try_from(random.below(8) * random.below(4)).unwrap_or(0);
        thread.push(Comment {
            id: CommentId::new(number.to_string()),
            parent: parent.map(|(_, parent)| CommentId::new(parent.to_string())),
            author: usize::try_from(author).ok().and_then(|index| authors.get(index)).cloned().unwrap_or_default(),
            published: after_start(seconds),
            edited: None,
            body: RawBody::Html(RawHtml::new(words.body(&mut random, 20, 120))),
            state: CommentState::Published,
            votes: Some(Votes { up, down: up / 5 }),
            by_post_author: false,
        });
    }
    thread
}

/// Whom the next comment answers, with the depth of that one: rather somebody recent.
fn pick_parent(random: &mut Random, by_depth: &[Vec<u32>]) -> Option<(usize, u32)> {
    if by_depth.first().is_none_or(|roots| roots.len() < 3) || random.percent(ROOTS_PERCENT) {
        return None;
    }
    let mut depth = 0;
    while depth + 1 < DEPTH_MAX && depth + 1 < by_depth.len() && random.percent(DEEPER_PERCENT) {
        depth += 1;
    }
    let level = by_depth.get(depth)?;
    let len = level.len() as u64;
    let back = random.below(len).min(random.below(len));
    let index = usize::try_from(len - 1 - back).ok()?;
    level.get(index).map(|parent| (depth, *parent))
}

fn start() -> Option<Timestamp> {
    Timestamp::from_civil(Civil { year: 2026, month: 1, day: 5, hour: 8, minute: 0, second: 0 })
}

fn after_start(seconds: u64) -> Option<Timestamp> {
    Timestamp::from_millis(start()?.millis() + i64::try_from(seconds).ok()? * 1000)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;

    #[test]
    fn threads_have_the_shape_of_real_ones() {
        let thread = generate_thread(2000, 1);
        let mut depths: HashMap<&CommentId, usize> = HashMap::new();
        for comment in &thread {
            let depth = comment.parent.as_ref().map_or(0, |parent| depths[parent] + 1);
            depths.insert(&comment.id, depth);
        }
        let roots = depths.values().filter(|depth| **depth == 0).count();
        assert!((700..900).contains(&roots), "{roots}");
        let deepest = depths.values().copied().max().unwrap();
        assert!((10..=DEPTH_MAX).contains(&deepest), "{deepest}");
        let people: std::collections::HashSet<_> = thread.iter().map(|comment| &comment.author.name).collect();
        assert!((250..=400).contains(&people.len()), "{}", people.len());
        let text = |comment: &Comment| match &comment.body {
            RawBody::Html(html) => html.len(),
            RawBody::Text(text) => text.len(),
        };
        let mean = thread.iter().map(text).sum::<usize>() / thread.len();
        assert!((300..700).contains(&mean), "{mean}");
        assert!(thread.windows(2).all(|pair| pair[0].published <= pair[1].published));
    }

    #[test]
    fn the_same_seed_gives_the_same_thread() {
        assert_eq!(generate_thread(50, 7), generate_thread(50, 7));
        assert_ne!(generate_thread(50, 7), generate_thread(50, 8));
    }
}
