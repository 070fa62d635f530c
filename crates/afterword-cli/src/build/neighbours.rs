//! Where to read on after a post: the one before, the one after, and those on the same subject.

use afterword_core::ids::PostPath;
use afterword_core::model::{Post, PostLink, PostLinks};
use afterword_core::words::tag_slug;
use std::collections::{BTreeSet, HashMap};

/// Most posts on the same subject that are named: more is a list, and lists of tags there are.
const RELATED_MAX: usize = 3;

/// How many posts of each tag are looked at in both directions of time. It keeps the work in proportion to the number of
/// posts, however many of them have the same tag.
const CANDIDATES: usize = 25;

/// What a tag weighs that one post has alone. A tag of a hundred posts says a hundredth of that.
const TAG_WEIGHT: u64 = 1_000_000;

/// The links of each post, in the order of the posts: newest first.
pub(super) fn links(posts: &[Post]) -> Vec<PostLinks> {
    let tags: Vec<BTreeSet<String>> = posts.iter().map(tags_of).collect();
    let mut posts_of: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, tags) in tags.iter().enumerate() {
        for tag in tags {
            posts_of.entry(tag).or_default().push(index);
        }
    }
    let link = |index: usize| posts.get(index).map(link_to);
    (0..posts.len())
        .map(|index| PostLinks {
            newer: index.checked_sub(1).and_then(link),
            older: link(index + 1),
            related: related(index, &tags[index], &posts_of).into_iter().filter_map(link).collect(),
        })
        .collect()
}

/// A link to a post.
pub(super) fn link_to(post: &Post) -> PostLink {
    PostLink { path: PostPath { kind: post.kind, slug: post.slug.clone() }, title: post.title.clone() }
}

fn tags_of(post: &Post) -> BTreeSet<String> {
    post.tags.iter().map(|tag| tag_slug(tag)).collect()
}

/// The posts that share the rarest tags; of two that share as much the one nearer in time, then the newer.
fn related(index: usize, tags: &BTreeSet<String>, posts_of: &HashMap<&str, Vec<usize>>) -> Vec<usize> {
    let mut weights: HashMap<usize, u64> = HashMap::new();
    for tag in tags {
        let Some(list) = posts_of.get(tag.as_str()) else { continue };
        let at = list.partition_point(|other| *other < index);
        let near = list.iter().skip(at.saturating_sub(CANDIDATES)).take(2 * CANDIDATES + 1);
        for other in near.filter(|other| **other != index) {
            *weights.entry(*other).or_default() += TAG_WEIGHT / list.len() as u64;
        }
    }
    let mut found: Vec<(u64, usize)> = weights.into_iter().map(|(other, weight)| (weight, other)).collect();
    found.sort_unstable_by_key(|(weight, other)| (std::cmp::Reverse(*weight), index.abs_diff(*other), *other));
    found.into_iter().take(RELATED_MAX).map(|(_, other)| other).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::post;
    use super::*;

    fn check(posts: &[(&str, &[&str])], of: &str, expected: &str) {
        let posts: Vec<Post> = posts.iter().map(|(slug, tags)| post(slug, tags)).collect();
        let at = posts.iter().position(|post| post.slug.as_str() == of).unwrap();
        let links = links(&posts).swap_remove(at);
        let name = |link: &PostLink| link.path.slug.as_str().to_owned();
        let related: Vec<String> = links.related.iter().map(name).collect();
        let side = |link: Option<PostLink>| link.as_ref().map_or("none".to_owned(), name);
        let picture = format!("< {} > {} ~ {}", side(links.newer), side(links.older), related.join(" "));
        assert_eq!(picture, expected, "{of}");
    }

    #[test]
    fn rare_tags_tell_more_than_common_ones() {
        let posts: &[(&str, &[&str])] = &[
            ("e", &["home", "clocks"]),
            ("d", &["home"]),
            ("c", &["Home", "Clocks!"]),
            ("b", &["home"]),
            ("a", &["home", "glue"]),
            ("0", &[]),
        ];
        check(posts, "e", "< none > d ~ c d b");
        check(posts, "c", "< d > b ~ e d b");
        check(posts, "a", "< b > 0 ~ b c d");
        check(posts, "0", "< a > none ~ ");
    }

    #[test]
    fn a_tag_of_all_posts_costs_no_more_than_its_neighbours() {
        let posts: Vec<Post> = (0..3000).map(|n| post(&format!("p{n:04}"), &["same"])).collect();
        let links = links(&posts);
        assert_eq!(
            links[1500].related.iter().map(|link| link.path.slug.as_str()).collect::<Vec<_>>(),
            ["p1499", "p1501", "p1498"]
        );
    }
}
