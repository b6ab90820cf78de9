//! What operators are told of a reading: what was read, and what is other than before.

use std::time::Duration;

use super::Language::{self, English, French};
use crate::commands::standing::Fate;
use crate::commands::text::Text;

/// How many services of a kind are named.
const MAX_NAMED: usize = 5;

impl Language {
    /// The files were read again, with the configuration or without.
    #[must_use]
    pub(crate) fn read_again(
        self,
        configuration: bool,
        matrices: usize,
        activities: usize,
        took: Duration,
    ) -> Text {
        let what = self.of_matrices(matrices, activities);
        let ms = took.as_millis();
        match self {
            English => {
                let what =
                    if configuration { format!("the configuration and {what}") } else { what };
                Text::strong("Read again").and(format!(": {what}, in {ms} ms."))
            }
            French => {
                let what = if configuration { format!("la configuration et {what}") } else { what };
                Text::strong("Relu").and(format!(" : {what}, en {ms} ms."))
            }
        }
    }

    /// The keys of the configuration that have other values now.
    #[must_use]
    pub(crate) fn keys_changed(self, keys: &[&'static str]) -> Text {
        keyed(
            match self {
                English => "Different in the configuration: ",
                French => "Différent dans la configuration : ",
            },
            keys,
        )
    }

    /// The keys whose new values wait for a restart.
    #[must_use]
    pub(crate) fn restart_to_apply(self, keys: &[&'static str]) -> Text {
        keyed(
            match self {
                English => "Restart to apply: ",
                French => "Redémarrer pour appliquer : ",
            },
            keys,
        )
    }

    /// The services whose matrices became this.
    #[must_use]
    pub(crate) fn services_are(self, fate: Fate, names: &[&str]) -> Text {
        let what = match (self, fate) {
            (English, Fate::Added) => "New: ",
            (English, Fate::Changed) => "Different: ",
            (English, Fate::Gone) => "Gone: ",
            (French, Fate::Added) => "Nouveau : ",
            (French, Fate::Changed) => "Différent : ",
            (French, Fate::Gone) => "Disparu : ",
        };
        let shown = names.iter().take(MAX_NAMED).enumerate();
        let text = shown.fold(Text::plain(what), |text, (n, name)| {
            text.and(if n > 0 { ", " } else { "" }).and_strong(*name)
        });
        let more = names.len().saturating_sub(MAX_NAMED);
        match self {
            _ if more == 0 => text.and("."),
            English => text.and(format!(" and {more} more.")),
            French => text.and(format!(" et {more} de plus.")),
        }
    }

    /// A service is confidential, and no limit names it.
    #[must_use]
    pub(crate) fn seen_by_nobody(self, service: &str) -> Text {
        match self {
            English => Text::default()
                .and_code(service)
                .and(" is confidential, and no rule of ")
                .and_code("access")
                .and(" names it: nobody sees it in team chat."),
            French => Text::default()
                .and_code(service)
                .and(" est confidentiel, et aucune règle d’")
                .and_code("access")
                .and(" ne le nomme : personne ne le voit en messagerie."),
        }
    }

    /// What was read is what there was.
    #[must_use]
    pub(crate) fn nothing_different(self) -> Text {
        Text::plain(match self {
            English => "Nothing in them is different.",
            French => "Rien n’y est différent.",
        })
    }
}

fn keyed(what: &str, keys: &[&'static str]) -> Text {
    let all = keys.iter().enumerate();
    let text = all.fold(Text::plain(what), |text, (n, key)| {
        text.and(if n > 0 { ", " } else { "" }).and_code(*key)
    });
    text.and(".")
}
