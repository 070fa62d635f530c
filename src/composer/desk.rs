//! What all composers of one conversation share: where drafts are kept, what the back end wants, who signs.

use super::sheet::Sheet;
use super::signature::Signature;
use crate::conversation::Conversation;
use crate::drafts::Drafts;
use crate::live::Live;
use crate::outbox::Outbox;
use crate::platform::database::{Store, peek};
use crate::platform::{panel, spawn::spawn};
use crate::render::row::{author_name, body_of};
use crate::session::Session;
use afterword_core::body::{Policy, RawBody};
use afterword_core::draft::{Context, Draft, DraftId, Listed};
use afterword_core::ids::CommentId;
use afterword_core::model::BackEnd;
use afterword_core::outbox::Entry;
use afterword_core::writing::{Asked, Capabilities, Markup, Place, Replies, Target, Utf16, Voting};
use leptos::prelude::*;
use std::cell::RefCell;
use std::sync::Arc;

/// So much of an answered comment is kept with a draft, in characters: enough to know it again.
const EXCERPT_CHARS: usize = 140;

/// What is read for that at most, in bytes: markup comes on top of words.
const EXCERPT_BYTES: usize = 1_000;

/// A copy is a handle.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    pub(super) conversation: Conversation,
    pub(super) drafts: Drafts,
    pub(super) outbox: Option<Outbox>,
    pub(super) signature: Signature,
    pub(super) capabilities: StoredValue<Capabilities>,
    pub(super) back_end: StoredValue<BackEnd>,
    /// How many drafts there are on the site.
    pub(super) count: RwSignal<u32>,
    /// Drafts for comments of this post that are not here any more.
    pub(super) gone: RwSignal<Vec<Draft>>,
    sheets: StoredValue<Vec<Sheet>, LocalStorage>,
    /// Quotations for composers that are about to open.
    waiting: StoredValue<Vec<(Target, Utf16)>>,
}

impl Desk {
    /// The desk of a conversation, made when it is first wanted; `None` once the conversation is gone.
    pub(super) fn of(conversation: Conversation) -> Option<Self> {
        if conversation.is_gone() {
            return None;
        }
        conversation.owner()?.with(|| {
            // What is left of a page that was shown before is of no use.
            let known = use_context::<Self>().filter(|desk| !desk.is_gone());
            Some(known.unwrap_or_else(|| {
                let desk = Self::new(conversation);
                provide_context(desk);
                desk
            }))
        })
    }

    fn new(conversation: Conversation) -> Self {
        let session = conversation.session();
        let site = session.base().join("");
        let back_end = session.site().back_end.clone();
        Self {
            conversation,
            drafts: drafts_of(&site, conversation),
            outbox: Outbox::of(conversation),
            capabilities: StoredValue::new(capabilities(session)),
            signature: Signature::load(site),
            back_end: StoredValue::new(back_end),
            count: RwSignal::new(0),
            gone: RwSignal::new(Vec::new()),
            sheets: StoredValue::new_local(Vec::new()),
            waiting: StoredValue::new(Vec::new()),
        }
    }

    /// Whether the conversation is gone, and all state with it.
    pub(super) fn is_gone(&self) -> bool {
        self.conversation.is_gone() || self.count.try_get_untracked().is_none()
    }

    /// The place of what is written for a target; `None` once the conversation is gone.
    pub(super) fn place(&self, target: Target) -> Option<Place> {
        let post = self.conversation.post()?.path();
        Some(Place { site: self.conversation.session().base().join(""), post, target })
    }

    /// The title of the post. A prerendered page does not tell it to the app, but shows it.
    pub(super) fn title(&self) -> String {
        let known = self.conversation.post().map(|post| post.title.clone()).filter(|title| !title.trim().is_empty());
        let shown = || panel::text_within(&self.conversation.session().root(), ".post h1");
        known.or_else(shown).unwrap_or_default()
    }

    /// What is to be known of a place once it is gone.
    pub(super) fn context(&self, target: &Target) -> Context {
        let post_title = self.title();
        let (answered_author, answered_excerpt) = match target {
            Target::Thread => Default::default(),
            Target::Reply(id) | Target::Edit(id) => self.answered(id).unwrap_or_default(),
        };
        Context { post_title, answered_author, answered_excerpt }
    }

    /// Who wrote a comment, and how it begins.
    pub(super) fn answered(&self, id: &CommentId) -> Option<(String, String)> {
        let thread = untrack(|| self.conversation.thread())?;
        let comment = thread.comment(thread.find(id)?);
        let body = body_of(comment, EXCERPT_BYTES, &Policy::comment());
        Some((author_name(comment).to_owned(), excerpt(&body.text())))
    }

    /// The text of the reader's own comment as they wrote it, from the server.
    pub(super) async fn own_text(&self, id: &CommentId) -> Option<Utf16> {
        let live = Live::of(self.conversation.session())?;
        let post = self.conversation.post()?.path();
        let comment = live.own(&post, id).await.ok()??;
        match comment.body {
            RawBody::Text(text) => Some(Utf16::from(text.as_str())),
            RawBody::Html(_) => None,
        }
    }

    /// Whether a target can be written for now.
    pub(super) fn has(&self, target: &Target) -> bool {
        match target {
            Target::Thread => true,
            Target::Reply(id) | Target::Edit(id) => self.answered(id).is_some(),
        }
    }

    /// The open composer of a target.
    pub(super) fn sheet(&self, target: &Target) -> Option<Sheet> {
        let sheets = self.sheets.try_get_value()?;
        sheets.into_iter().find(|sheet| sheet.target().as_ref() == Some(target))
    }

    pub(super) fn add(&self, sheet: Sheet) {
        self.sheets.try_update_value(|sheets| sheets.push(sheet));
    }

    pub(super) fn remove(&self, target: &Target) {
        self.sheets.try_update_value(|sheets| sheets.retain(|sheet| sheet.target().as_ref() != Some(target)));
        self.recount();
    }

    /// Whether this draft is being sent as it is: then a new composer at its place begins empty.
    pub(super) fn is_on_its_way(&self, id: &DraftId, text: &Utf16) -> bool {
        let Some(outbox) = self.outbox else { return false };
        let sends = |entry: &Entry| entry.draft_id.as_deref() == Some(id.as_str()) && entry.letter.text == *text;
        let found = outbox.entries().try_with_untracked(|entries| entries.iter().any(sends));
        outbox.holds_draft(id.as_str()) && found.unwrap_or_default()
    }

    /// Puts a text into the composer of a target once that is open.
    pub(super) fn wait_for(&self, target: Target, text: Utf16) {
        self.waiting.try_update_value(|waiting| waiting.push((target, text)));
    }

    /// What waits for the composer of a target.
    pub(super) fn take_waiting(&self, target: &Target) -> Vec<Utf16> {
        let taken = self.waiting.try_update_value(|waiting| {
            let (taken, left) = std::mem::take(waiting).into_iter().partition(|(other, _)| other == target);
            *waiting = left;
            taken
        });
        taken.unwrap_or_else(Vec::new).into_iter().map(|(_, text)| text).collect()
    }

    /// All drafts of the site. Where nothing was ever kept, looking makes no database.
    pub(super) async fn all(&self) -> Listed {
        match peek::keys(Store::Drafts).await {
            Some(_) => self.drafts.all().await,
            None => Listed::default(),
        }
    }

    /// Counts the drafts of the site anew.
    pub(super) fn recount(&self) {
        let desk = *self;
        spawn(async move {
            let drafts = desk.all().await.drafts.len();
            desk.count.try_set(u32::try_from(drafts).unwrap_or(u32::MAX));
        });
    }

    /// What comments may hold on this site.
    pub(super) fn policy(&self) -> Policy {
        Policy::comment().with_image_hosts(&self.conversation.session().site().image_hosts)
    }

    /// What the owner of the site is called.
    pub(super) fn owner_name(&self) -> Option<String> {
        let site: Arc<_> = self.conversation.session().site();
        site.author.as_ref().map(|author| author.name.clone()).filter(|name| !name.trim().is_empty())
    }
}

/// How a text begins, on one line.
pub(super) fn excerpt(text: &str) -> String {
    let mut words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if let Some((end, _)) = words.char_indices().nth(EXCERPT_CHARS) {
        words.truncate(end);
        words.push('…');
    }
    words
}

/// What a back end wants, as far as it has said.
fn capabilities(session: Session) -> Capabilities {
    /// Longest comment that is handed over by hand, in characters: more than any mail program or form loses.
    const BY_HAND_MAX: u32 = 50_000;
    let by_hand = || Capabilities {
        replies: Replies::All,
        votes: Voting::None,
        edit_seconds: 0,
        markup: Markup::Markdown,
        name: Asked::Required,
        // Whoever sends a mail tells their address by that.
        email: Asked::No,
        website: Asked::Optional,
        text_min: 1,
        text_max: BY_HAND_MAX,
        // A person does it.
        guards: true,
    };
    Live::of(session).map_or_else(by_hand, |live| live.back_end().capabilities())
}

thread_local! {
    /// The drafts of each site on this page. There may be several: conversations can stand in the pages of others.
    static DRAFTS: RefCell<Vec<(String, Drafts)>> = const { RefCell::new(Vec::new()) };
}

/// The drafts of a site, opened when they are first wanted, for as long as the page is there.
fn drafts_of(site: &str, conversation: Conversation) -> Drafts {
    let known = DRAFTS.with_borrow(|all| all.iter().find(|(other, _)| other == site).map(|(_, drafts)| *drafts));
    known.unwrap_or_else(|| {
        // They belong to the page, not to the conversation in which they are first wanted.
        let mut owner = conversation.owner();
        while let Some(above) = owner.as_ref().and_then(Owner::parent) {
            owner = Some(above);
        }
        let open = || Drafts::open(site.to_owned());
        let drafts = owner.map_or_else(open, |owner| owner.with(open));
        DRAFTS.with_borrow_mut(|all| all.push((site.to_owned(), drafts)));
        drafts
    })
}
