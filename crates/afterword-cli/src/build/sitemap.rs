//! `sitemap.xml` (sitemaps.org) and `robots.txt`.

use super::address::Addresses;
use super::xml::Xml;
use afterword_core::model::Site;
use afterword_core::time::Timestamp;

/// Most addresses in one sitemap, as the protocol has it.
const ADDRESSES_MAX: usize = 50_000;

/// Largest sitemap in bytes, as the protocol has it, with room for one more address and the end.
const BYTES_MAX: usize = 50 * 1024 * 1024 - 16 * 1024;

const SPACE: [(&str, &str); 1] = [("xmlns", "http://www.sitemaps.org/schemas/sitemap/0.9")];

/// A page: its path below the site's base, and when it last changed.
pub(super) type SitePage = (String, Option<Timestamp>);

/// The sitemap as files: one, or an index and its parts. Nothing for a site that does not say where it is: sitemaps hold
/// absolute addresses only.
pub(super) fn sitemaps(site: &Site, pages: &[SitePage]) -> Vec<(String, String)> {
    let addresses = Addresses::of(site);
    if !addresses.is_known() {
        return Vec::new();
    }
    let mut parts = Vec::new();
    let mut rest = pages;
    while !rest.is_empty() || parts.is_empty() {
        let (text, count) = part(addresses, rest);
        parts.push(text);
        rest = rest.get(count..).unwrap_or_default();
    }
    if parts.len() == 1 {
        return parts.into_iter().map(|text| ("sitemap.xml".to_owned(), text)).collect();
    }
    let mut index = Xml::new();
    index.open("sitemapindex", &SPACE);
    let mut files = Vec::new();
    for (number, text) in (1..).zip(parts) {
        let name = format!("sitemap-{number}.xml");
        index.open("sitemap", &[]);
        index.text("loc", &[], &addresses.page(&name));
        index.close("sitemap");
        files.push((name, text));
    }
    index.close("sitemapindex");
    files.push(("sitemap.xml".to_owned(), index.finish()));
    files
}

/// As many pages as fit into one sitemap, at least one; how many they are.
fn part(addresses: Addresses<'_>, pages: &[SitePage]) -> (String, usize) {
    let mut xml = Xml::new();
    xml.open("urlset", &SPACE);
    let mut count = 0;
    for (path, changed) in pages.iter().take(ADDRESSES_MAX) {
        if xml.len() > BYTES_MAX {
            break;
        }
        xml.open("url", &[]);
        xml.text("loc", &[], &addresses.page(path));
        if let Some(changed) = changed {
            xml.text("lastmod", &[], &changed.to_rfc3339());
        }
        xml.close("url");
        count += 1;
    }
    xml.close("urlset");
    (xml.finish(), count)
}

/// `robots.txt`: everybody is welcome.
pub(super) fn robots(site: &Site) -> String {
    let mut out = String::from("User-agent: *\nDisallow:\n");
    if Addresses::of(site).is_known() {
        out.push_str(&format!("\nSitemap: {}\n", Addresses::of(site).page("sitemap.xml")));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_pages_are_parted() {
        let site = Site { url: Some("https://blog.example/".to_owned()), ..Site::default() };
        let page = |n: usize| (format!("posts/größe-{n}/"), Timestamp::from_millis(0));
        let pages: Vec<SitePage> = (0..ADDRESSES_MAX + 7).map(page).collect();
        let names = |pages: &[SitePage]| {
            let files = sitemaps(&site, pages);
            files.iter().map(|(name, text)| format!("{name} {}", text.matches("<loc>").count())).collect::<Vec<_>>()
        };
        assert_eq!(names(&pages[..2]), ["sitemap.xml 2"]);
        assert_eq!(names(&pages[..ADDRESSES_MAX]), ["sitemap.xml 50000"]);
        assert_eq!(names(&pages), ["sitemap-1.xml 50000", "sitemap-2.xml 7", "sitemap.xml 2"]);
        assert_eq!(names(&[]), ["sitemap.xml 0"]);
        assert!(sitemaps(&Site::default(), &pages).is_empty());
        let text = sitemaps(&site, &pages[..1]).remove(0).1;
        assert!(text.contains("<loc>https://blog.example/posts/gr%C3%B6%C3%9Fe-0/</loc>"), "{text}");
        assert!(text.contains("<lastmod>1970-01-01T00:00:00Z</lastmod>"), "{text}");
    }
}
