//! The elements and attributes that a body can hold. Nothing else can be expressed.

macro_rules! named {
    ($(#[$doc:meta])* $name:ident { $($(#[$variant_doc:meta])* $variant:ident = $text:literal,)* }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[allow(missing_docs, reason = "each variant is the HTML name in capitals")]
        pub enum $name {
            $($(#[$variant_doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant,)*];

            /// The name in HTML, in lower case.
            pub fn name(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// Finds one by its name in lower case.
            pub(super) fn from_name(name: &[u8]) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.name().as_bytes() == name)
            }
        }
    };
}

named! {
    /// An element. There is no `h1`: the page has its own.
    Tag {
        A = "a", Abbr = "abbr", Audio = "audio", B = "b", Bdi = "bdi", Bdo = "bdo", Blockquote = "blockquote",
        Br = "br", Caption = "caption", Cite = "cite", Code = "code", Dd = "dd", Del = "del", Details = "details",
        Dfn = "dfn", Div = "div", Dl = "dl", Dt = "dt", Em = "em", Figcaption = "figcaption", Figure = "figure",
        H2 = "h2", H3 = "h3", H4 = "h4", H5 = "h5", H6 = "h6", Hr = "hr", I = "i", Img = "img", Ins = "ins",
        Kbd = "kbd", Li = "li", Mark = "mark", Ol = "ol", P = "p", Pre = "pre", Q = "q", Rp = "rp", Rt = "rt",
        Ruby = "ruby", S = "s", Samp = "samp", Small = "small", Source = "source", Span = "span", Strong = "strong",
        Sub = "sub", Summary = "summary", Sup = "sup", Table = "table", Tbody = "tbody", Td = "td", Tfoot = "tfoot",
        Th = "th", Thead = "thead", Time = "time", Tr = "tr", Track = "track", U = "u", Ul = "ul", Var = "var",
        Video = "video", Wbr = "wbr",
    }
}

named! {
    /// An attribute.
    Attr {
        Alt = "alt", Class = "class", Colspan = "colspan", Controls = "controls", Datetime = "datetime", Dir = "dir",
        Height = "height", Href = "href", Id = "id", Kind = "kind", Label = "label", Lang = "lang",
        Loading = "loading", Open = "open", Poster = "poster", Rel = "rel", Reversed = "reversed",
        Rowspan = "rowspan", Scope = "scope", Src = "src", Srclang = "srclang", Start = "start", Title = "title",
        Type = "type", Width = "width",
    }
}

impl Tag {
    /// Whether it has no content and no end tag.
    pub fn is_void(self) -> bool {
        matches!(self, Self::Br | Self::Hr | Self::Img | Self::Source | Self::Track | Self::Wbr)
    }

    /// Whether it stands on lines of its own, so that a paragraph ends before it (13.2.6.4.7: "close a p element").
    pub fn is_block(self) -> bool {
        matches!(
            self,
            Self::Blockquote
                | Self::Dd
                | Self::Details
                | Self::Div
                | Self::Dl
                | Self::Dt
                | Self::Figcaption
                | Self::Figure
                | Self::Hr
                | Self::Li
                | Self::Ol
                | Self::P
                | Self::Pre
                | Self::Summary
                | Self::Table
                | Self::Ul
        ) || self.is_heading()
            || self.is_table_part()
    }

    pub(super) fn is_heading(self) -> bool {
        matches!(self, Self::H2 | Self::H3 | Self::H4 | Self::H5 | Self::H6)
    }

    /// What makes up a table, without the table itself.
    pub(super) fn is_table_part(self) -> bool {
        matches!(self, Self::Caption | Self::Tbody | Self::Td | Self::Tfoot | Self::Th | Self::Thead | Self::Tr)
    }

    /// Elements in which only certain elements, and no text, may stand.
    pub(super) fn is_table_frame(self) -> bool {
        matches!(self, Self::Table | Self::Tbody | Self::Tfoot | Self::Thead | Self::Tr)
    }

    /// Where the search for an open element stops: "scope" in the standard.
    pub(super) fn is_scope(self) -> bool {
        matches!(self, Self::Table | Self::Td | Self::Th | Self::Caption)
    }

    /// Elements of lines whose misnesting is mended by opening them again ("formatting" in the standard, without `a`).
    pub(super) fn is_formatting(self) -> bool {
        matches!(self, Self::B | Self::Code | Self::Em | Self::I | Self::S | Self::Small | Self::Strong | Self::U)
    }
}
