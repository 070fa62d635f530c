//! The page that holds the app, with its slots filled.

use crate::content::{ContentError, FileError};
use afterword::page_data::{POST_DATA, SITE_DATA, post_fields, site_fields};
use afterword::render::markup::push_text;
use afterword::texts::{Key, text};
use afterword_adapters::json::Value;
use afterword_core::model::{Post, Site};
use std::path::Path;

/// What the head of a page says.
pub(super) struct Head {
    pub(super) title: String,
    pub(super) description: Option<String>,
}

/// The bundle's page. Its slots are comments in the markup: `<!--afterword:head-->` to `<!--/afterword:head-->`, and
/// likewise `script`; `<!--afterword:app-->`, `<!--afterword:data-->` and `<!--afterword:noscript-->` are single.
pub(super) struct Template {
    page: String,
    site: Site,
    policy: String,
}

impl Template {
    pub(super) fn read(path: &Path, site: &Site) -> Result<Self, ContentError> {
        let page = std::fs::read_to_string(path).map_err(|error| ContentError::file(path, FileError::Io(error)))?;
        Ok(Self { page, policy: policy(site), site: site.clone() })
    }

    /// A page that the app takes over.
    pub(super) fn fill(&self, head: &Head, base: &str, app: &str, post: Option<&Post>) -> String {
        let mut data = String::new();
        push_data(&mut data, SITE_DATA, site_fields(&self.site));
        if let Some(post) = post {
            push_data(&mut data, POST_DATA, post_fields(post));
        }
        self.page(head, base, app, &data, "")
    }

    /// A page without the app, for readers without script.
    pub(super) fn fill_static(&self, head: &Head, base: &str, body: &str) -> String {
        let page = self.page(head, base, body, "", "");
        cut(&page, "<!--afterword:script-->", "<!--/afterword:script-->", "")
    }

    /// The page for addresses that have no file: the app looks whether there is a post.
    pub(super) fn fill_stand_in(&self, head: &Head, app: &str) -> String {
        let mut data = String::new();
        push_data(&mut data, SITE_DATA, site_fields(&self.site));
        let mut noscript = String::from("<p>");
        push_text(&mut noscript, text(Key::NotFound));
        noscript.push_str(" <a href=\"");
        push_text(&mut noscript, &self.site.base_path);
        noscript.push_str("\">");
        push_text(&mut noscript, text(Key::BackHome));
        noscript.push_str("</a></p>");
        self.page(head, &self.site.base_path, app, &data, &noscript)
    }

    fn page(&self, head: &Head, base: &str, app: &str, data: &str, noscript: &str) -> String {
        let noscript = if noscript.is_empty() { String::new() } else { format!("<noscript>{noscript}</noscript>") };
        let page = cut(&self.page, "<!--afterword:head-->", "<!--/afterword:head-->", &self.head(head, base));
        let page = page.replace("\"assets/", &format!("\"{base}assets/"));
        let language = self.site.language.as_deref().unwrap_or("en");
        let mut html = String::from("<html lang=\"");
        push_text(&mut html, language);
        html.push('"');
        let page = page.replacen("<html lang=\"en\"", &html, 1);
        // The content comes last: whatever is in it must not be taken for a slot.
        let page = page.replacen("<!--afterword:noscript-->", &noscript, 1);
        let page = page.replacen("<!--afterword:data-->", data, 1);
        page.replacen("<!--afterword:app-->", app, 1)
    }

    fn head(&self, head: &Head, base: &str) -> String {
        let mut out = String::from("<title>");
        push_text(&mut out, &head.title);
        out.push_str("</title>");
        let mut meta = |name: &str, content: &str| {
            out.push_str("\n    <meta ");
            out.push_str(name);
            out.push_str(" content=\"");
            push_text(&mut out, content);
            out.push_str("\">");
        };
        meta("http-equiv=\"Content-Security-Policy\"", &self.policy);
        meta("name=\"afterword-base\"", base);
        if let Some(description) = &head.description {
            meta("name=\"description\"", description);
        }
        for (kind, file) in [
            ("rel=\"icon\" type=\"image/svg+xml\"", super::ICON),
            ("rel=\"alternate\" type=\"application/feed+json\"", "feed.json"),
        ] {
            out.push_str("\n    <link ");
            out.push_str(kind);
            out.push_str(" href=\"");
            push_text(&mut out, base);
            out.push_str(file);
            out.push_str("\">");
        }
        out
    }
}

/// The policy under which every page runs: nothing from elsewhere, no inline script or style, and no string that
/// becomes script or markup.
fn policy(site: &Site) -> String {
    let mut images = String::new();
    for host in site.image_hosts.iter().filter(|host| is_host(host)) {
        images.push_str(" https://");
        images.push_str(host);
    }
    format!(
        "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self'{images}; \
         media-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; base-uri 'none'; \
         form-action 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
    )
}

/// Whether a word can stand in a policy as a host: a space or a semicolon in it would change the policy.
fn is_host(word: &str) -> bool {
    !word.is_empty() && word.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '*' | ':'))
}

/// Data for the app. `<` is written as an escape: no text in it can end the element or begin a comment.
fn push_data(out: &mut String, id: &str, fields: Vec<String>) {
    let json = Value::Array(fields.into_iter().map(Value::String).collect()).to_json();
    out.push_str("<script type=\"application/json\" id=\"");
    out.push_str(id);
    out.push_str("\">");
    out.push_str(&json.replace('<', "\\u003c"));
    out.push_str("</script>");
}

/// Replaces everything from one mark to another, the marks as well. A page without them stays as it is.
fn cut(page: &str, from: &str, to: &str, by: &str) -> String {
    let found = page.find(from).and_then(|start| Some((start, page[start..].find(to)? + start + to.len())));
    found.map_or_else(|| page.to_owned(), |(start, end)| format!("{}{by}{}", &page[..start], &page[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn data_cannot_leave_its_element() {
        let mut out = String::new();
        push_data(&mut out, "x", vec!["</script><!--".to_owned()]);
        let json = "[\"\\u003c/script>\\u003c!--\"]";
        assert_eq!(out, format!("<script type=\"application/json\" id=\"x\">{json}</script>"));
    }

    #[test]
    fn a_host_cannot_change_the_policy() {
        let hosts = ["pics.example", "evil; script-src *", "*.more.example"].map(str::to_owned).to_vec();
        let policy = policy(&Site { image_hosts: hosts, ..Site::default() });
        assert!(policy.contains("img-src 'self' https://pics.example https://*.more.example;"), "{policy}");
        assert!(!policy.contains("evil"), "{policy}");
    }

    #[test]
    fn content_is_not_taken_for_a_slot() {
        let page =
            "<html lang=\"en\"><!--afterword:head-->x<!--/afterword:head--><!--afterword:app--><!--afterword:data-->";
        let template = Template { page: page.to_owned(), site: Site::default(), policy: String::new() };
        let head = Head { title: "<T>".to_owned(), description: None };
        let html = template.fill(&head, "./", "<p><!--afterword:data--></p>", None);
        assert_eq!(html.matches("afterword-site").count(), 1);
        assert!(html.contains("<title>&lt;T&gt;</title>"));
    }
}
