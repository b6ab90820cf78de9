//! Who asks, where and when: all that an answer depends on beside the command.

use time::Date;

use super::Viewer;

/// A language that replies are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// French.
    French,
}

impl Language {
    /// Every language.
    pub const ALL: [Self; 2] = [Self::English, Self::French];

    /// The language of a locale such as `fr`, `fr-FR` or `fr_FR.UTF-8`; English when it is none
    /// of ours.
    #[must_use]
    pub fn of_locale(locale: &str) -> Self {
        match locale.split(['-', '_', '.', '@']).next() {
            Some(tag) if tag.eq_ignore_ascii_case("fr") => Self::French,
            _ => Self::English,
        }
    }

    /// The language's tag, as matrices name it.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::French => "fr",
        }
    }
}

/// Who asks, where and when.
#[derive(Clone, Debug)]
pub struct Context {
    /// The language to answer in.
    pub language: Language,
    /// The day of the question, for the age of the source.
    pub today: Date,
    /// The channel it was asked in, where the platform has channels.
    pub channel: Option<Channel>,
    /// Who asks, where the platform tells people apart.
    pub asker: Option<Asker>,
    /// What the asker said about who should see the answer.
    pub share: Option<bool>,
    /// The id of whoever posted the message that this request was made on, by a button or a menu,
    /// for everybody; none when that message is private.
    pub poster: Option<String>,
    /// What decides what the asker may see.
    pub viewer: Viewer,
}

impl Context {
    /// A question of nobody in particular, from nowhere.
    #[must_use]
    pub fn new(language: Language, today: Date) -> Self {
        Self {
            language,
            today,
            channel: None,
            asker: None,
            share: None,
            poster: None,
            viewer: Viewer::default(),
        }
    }
}

impl Context {
    /// The same for what is asked by a button or a menu of a message, which only the asker sees
    /// when it is `private`. What follows is seen by those who see it; but only whoever posted it
    /// changes it for everybody, and all others are answered for themselves.
    #[must_use]
    pub fn on_message(self, private: bool) -> Self {
        let asker = self.asker.as_ref().map(|asker| &asker.id);
        let is_theirs = self.poster.is_some() && self.poster.as_ref() == asker;
        Self { share: Some(!private && is_theirs), ..self }
    }
}

/// A channel, by what the platform tells of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Channel {
    /// Its id.
    pub id: String,
    /// Its name, where known.
    pub name: Option<String>,
    /// The id of the channel that a thread belongs to.
    pub parent: Option<String>,
}

/// Somebody, by what the platform tells of them with the request.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asker {
    /// Their id.
    pub id: String,
    /// Their name as others see it there.
    pub name: String,
    /// Whether they may delete what others post in the channel.
    pub moderates: bool,
}
