//! How one activity's answer reads: the bottom line first, then a short line per participation.

use super::reply::{Audience, LineKind, Outcome, Reply};
use super::text::Text;
use super::{Context, Sources};
use crate::domain::{ActivityRef, Participation, Party};

/// The answer for one activity, without what led to it.
pub(super) fn answer(sources: &Sources<'_>, found: ActivityRef<'_>, context: &Context) -> Reply {
    let facts = Facts { sources, found, context };
    let mut reply = Reply {
        outcome: Outcome::Answer,
        audience: audience(sources, context),
        subject: Some(found.activity.id.clone()),
        preamble: None,
        headline: facts.headline(),
        lines: Vec::new(),
        menus: Vec::new(),
        buttons: Vec::new(),
        source: found.matrix.source.url.clone(),
        picture: None,
    };
    for warning in facts.warnings() {
        reply = reply.line(LineKind::Warning, warning);
    }
    for (participation, line) in facts.participations() {
        reply = reply.line(LineKind::Participation(participation), line);
    }
    if let Some(remark) = facts.remark() {
        reply = reply.line(LineKind::Remark, remark);
    }
    if let Some(note) = &found.activity.note {
        reply = reply.line(LineKind::Note, Text::plain(note));
    }
    for contact in facts.contacts() {
        reply = reply.line(LineKind::Contact, contact);
    }
    reply.line(LineKind::Provenance, facts.provenance())
}

/// Those who do an activity or answer for it, by the names that we give them, and how to reach them.
pub(super) fn contacts(
    sources: &Sources<'_>,
    found: ActivityRef<'_>,
    context: &Context,
) -> Vec<(String, Option<Text>)> {
    let scheme = found.matrix.scheme;
    let doers: Vec<&Party> = found.matrix.holders(found.activity, scheme.doer()).collect();
    let owners = found.matrix.holders(found.activity, scheme.owner());
    let owners = owners.filter(|owner| doers.iter().all(|doer| doer.name != owner.name));
    let contact = |party: &Party| sources.settings.contact_of(party, context.channel.as_ref());
    let to_do = doers.iter().map(|party| (name(sources, party, context), contact(party)));
    // Whoever is called to do it must be the one who does it.
    let to_answer = owners.map(|party| {
        (context.language.who_answers(&name(sources, party, context)), contact(party))
    });
    to_do.chain(to_answer).collect()
}

/// What a party is called where it is first read: whose customer a `Customer` is must be clear.
pub(super) fn name(sources: &Sources<'_>, party: &Party, context: &Context) -> String {
    let is_nameless_us =
        sources.settings.party(party).is_some_and(|known| known.us && known.name.is_none());
    let name = sources.settings.name_of(party);
    if is_nameless_us { context.language.that_is_us(&name) } else { name }
}

/// Who sees an answer: as the asker said, else as the channel has it.
pub(super) fn audience(sources: &Sources<'_>, context: &Context) -> Audience {
    let public =
        context.share.unwrap_or_else(|| sources.settings.is_public(context.channel.as_ref()));
    if public { Audience::Channel } else { Audience::Asker }
}

struct Facts<'a> {
    sources: &'a Sources<'a>,
    found: ActivityRef<'a>,
    context: &'a Context,
}

impl Facts<'_> {
    fn holders(&self, participation: Participation) -> Vec<&Party> {
        self.found.matrix.holders(self.found.activity, participation).collect()
    }

    fn names(&self, parties: &[&Party]) -> Vec<String> {
        parties.iter().map(|party| name(self.sources, party, self.context)).collect()
    }

    fn headline(&self) -> Text {
        let name = Text::strong(&self.found.activity.name);
        let several = self.sources.scope(self.context).len() > 1;
        let name =
            if several { name.and(format!(" ({})", self.found.matrix.service.name)) } else { name };
        name.and(" → ").and_text(self.bottom_line())
    }

    /// Who does it and who answers for it, in a sentence. Where several answer for it, the
    /// sentence does not pick one: the warning names them.
    fn bottom_line(&self) -> Text {
        let language = self.context.language;
        let scheme = self.found.matrix.scheme;
        let (doer, owner) = (scheme.doer(), scheme.owner());
        let (doers, owners) = (self.holders(doer), self.holders(owner));
        let letter = |participation| scheme.letter(participation).unwrap_or('?');
        let doing = if doers.is_empty() {
            language.nobody_does()
        } else {
            language.does(&self.names(&doers), letter(doer))
        };
        match (doers.len(), owners.len()) {
            (0, 0) => language.nobody_at_all().and("."),
            (_, 0) | (1.., 2..) => doing.and("."),
            _ if doers == owners => {
                let letters = format!("{}, {}", letter(doer), letter(owner));
                language.does_and_answers(&self.names(&doers), &letters).and(".")
            }
            _ => doing
                .and(", ")
                .and_text(language.answers(&self.names(&owners), letter(owner)))
                .and("."),
        }
    }

    fn warnings(&self) -> Vec<Text> {
        let language = self.context.language;
        let scheme = self.found.matrix.scheme;
        let mut warnings = Vec::new();
        let owners = self.holders(scheme.owner());
        if owners.is_empty() {
            warnings.push(language.missing(language.participation(scheme.owner())));
        } else if owners.len() > 1 {
            let names = self.names(&owners);
            warnings.push(language.several_accountable(&names, &scheme.id().to_uppercase()));
        }
        if self.holders(scheme.doer()).is_empty() {
            warnings.push(language.missing(language.participation(scheme.doer())));
        }
        warnings
    }

    /// `R Responsible: OVHcloud`, for each participation that somebody has.
    fn participations(&self) -> Vec<(Participation, Text)> {
        let scheme = self.found.matrix.scheme;
        let mut lines = Vec::new();
        for &(letter, participation) in scheme.letters() {
            let holders = self.holders(participation);
            if holders.is_empty() {
                continue;
            }
            let names: Vec<String> = holders.iter().map(|party| self.full_name(party)).collect();
            let text = Text::strong(letter.to_string()).and(format!(
                " {}{}{}",
                self.word(participation),
                self.context.language.colon(),
                names.join(", ")
            ));
            lines.push((participation, text));
        }
        lines
    }

    /// The document's own word where it has one that is short enough, else ours.
    fn word(&self, participation: Participation) -> String {
        const SHORT: usize = 24;
        self.found
            .matrix
            .legend_of(participation)
            .filter(|legend| legend.chars().count() <= SHORT)
            .map_or_else(
                || self.context.language.participation(participation).into(),
                str::to_owned,
            )
    }

    /// Our own name for a party beside the one in the document, which one can look up.
    fn full_name(&self, party: &Party) -> String {
        let name = self.sources.settings.name_of(party);
        if name == party.name {
            self::name(self.sources, party, self.context)
        } else {
            format!("{name} ({})", party.name)
        }
    }

    /// `Customer: no role listed · Consulted: nobody · Informed: nobody`.
    fn remark(&self) -> Option<Text> {
        let language = self.context.language;
        let of = |name: String, said: &str| format!("{name}{}{said}", language.colon());
        let activity = self.found.activity;
        let matrix = self.found.matrix;
        let idle = matrix
            .parties
            .iter()
            .enumerate()
            .filter(|(i, _)| activity.assignments.get(*i).is_none_or(|cell| cell.is_empty()))
            .map(|(_, party)| of(self.full_name(party), language.no_role_listed()));
        let (doer, owner) = (matrix.scheme.doer(), matrix.scheme.owner());
        let vacant = matrix
            .scheme
            .letters()
            .iter()
            .map(|&(_, participation)| participation)
            .filter(|&participation| participation != doer && participation != owner)
            .filter(|&participation| self.holders(participation).is_empty())
            .map(|participation| of(self.word(participation), language.nobody()));
        let parts: Vec<String> = idle.chain(vacant).collect();
        (!parts.is_empty()).then(|| Text::plain(parts.join(" · ")))
    }

    /// How to reach those who do the work, and those who answer for it.
    fn contacts(&self) -> Vec<Text> {
        let all = contacts(self.sources, self.found, self.context).into_iter();
        all.filter_map(|(name, contact)| Some(self.context.language.reach(&name, contact?)))
            .collect()
    }

    /// `OVHcloud KMS › 3.1.1 Daily operations · source dated 2 Oct 2024 (2 years ago)`.
    fn provenance(&self) -> Text {
        let language = self.context.language;
        let matrix = self.found.matrix;
        let age = match matrix.source.date {
            Some(date) => language.dated(date, self.context.today),
            None => language.undated().to_owned(),
        };
        let place = match matrix.section_of(self.found.activity) {
            Some(section) => format!("{} › {}", matrix.service.name, section.label()),
            None => matrix.service.name.clone(),
        };
        Text::plain(format!("{place} · {age}"))
    }
}
