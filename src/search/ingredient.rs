//! What the search is made of: each part can be left out, to see what it brings.

/// A part of the search.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ingredient {
    /// Misspellings.
    Typos,
    /// The beginnings of words.
    Prefixes,
    /// Inflections, other spellings and families of words.
    Stems,
    /// Initials and consonants.
    Abbreviations,
    /// Two words written as one, or one as two.
    Joined,
    /// Titles of sections.
    Sections,
    /// Words that weigh nothing or little in any matrix.
    StopWords,
    /// That rare words weigh more than common ones.
    Rarity,
    /// How much of a name was asked for.
    Coverage,
    /// Words that stand together in the query and in the name.
    Order,
    /// Names of services in the query.
    Services,
    /// That a word which the catalog does not know counts against an answer.
    Unknown,
    /// That everyday words are no misspellings.
    Everyday,
}

impl Ingredient {
    /// All of them.
    pub const ALL: [Self; 13] = [
        Self::Typos,
        Self::Prefixes,
        Self::Stems,
        Self::Abbreviations,
        Self::Joined,
        Self::Sections,
        Self::StopWords,
        Self::Rarity,
        Self::Coverage,
        Self::Order,
        Self::Services,
        Self::Unknown,
        Self::Everyday,
    ];
}
