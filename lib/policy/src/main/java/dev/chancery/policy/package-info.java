// SPDX-License-Identifier: Apache-2.0
/// Two decisions: whether an artifact has the signatures that it needs ([VerificationPolicy]), and whether a
/// requester may have one made ([SigningRules]). Nothing here reads a clock, a file or a network.
///
/// Both files are JSON as `dev.chancery.json` reads it: an unknown field, a duplicate, a wrong type is an error.
/// `docs/policies.md` is the page for users, with complete examples.
///
/// ## Verification policy
///
/// ```
/// policy      = { "version": 1, "name": label, "description"?: text, "rules": [ rule, … ] }
/// rule        = { "artifacts": [ pattern, … ], "require": requirement }
/// requirement = authority
///             | { "authority": authority, "formats": [ format, … ] }
///             | { "authority": authority, "predicate_type"?: URI, "params"?: { name: text, … } }
///             | { "all": [ requirement, … ] }
///             | { "any": [ requirement, … ] }
///             | { "at_least": count, "of": [ requirement, … ] }
/// ```
///
/// **Every rule that matches the artifact's name must hold. An artifact that no rule matches is refused.**
/// Were the first match to decide, a broad rule put in front would silently switch off the strict one behind it,
/// and the order of a list would be a security setting. Here the order of rules means nothing, and another rule
/// can only ask for more, never for less, of an artifact that some rule matches already.
///
/// A requirement is a formula of *and*, *or* and *at least k*, so it is monotone: another signature never turns
/// yes into no. An authority's word counts once, however many signatures, keys or formats it used: what is looked
/// at is the set of [SignedBy]. In particular:
///
/// - An authority stands in one list at most once, also with different formats.
/// - A branch of a list holds or does not hold, and counts as one.
/// - One authority may stand in two branches of `all` and of `any` (*qa, and 2 of qa, security, release*).
///   Where `at_least` lies strictly between 1 and the number of entries it may not, for there it would count as
///   two parties of the k.
///
/// A **statement** may say anything, so that an authority has made one about the artifact fulfils nothing by itself:
/// `predicate_type` and `params` say what has to stand in it, all in one statement. Without a type it is that of
/// parameters (`Predicate.PARAMETERS`). A parameter is a field of the predicate, or a JSON Pointer (RFC 6901) into it;
/// texts, numbers as written, `true`, `false` and `null` are compared as texts.
///
/// What is missing is a [Requirement] itself, what is left of the original: see [Requirement#missing].
///
/// ## Signing rules
///
/// ```
/// rules = { "version": 1, "rules": [ rule, … ] }
/// rule  = { "name": label, "requesters": [ requester, … ], "authority": authority,
///           "formats": [ format, … ], "artifacts": [ pattern, … ], "size_bytes_max": bytes [, "hours": hours ] }
/// hours = { "days": [ "mon", … ], "from": "08:00", "until": "18:00", "zone": "Europe/Berlin" }
/// ```
///
/// One rule that permits is enough; without one the answer is no. Requesters, authority and formats are exact.
/// A refusal speaks only of rules that name this requester and this authority.
///
/// ## Limits
///
/// | what | limit | constant |
/// |---|---|---|
/// | file | 1 MiB | `Json.DOCUMENT_BYTES_MAX` |
/// | rules in a file | 1,000 | [VerificationPolicy#RULES_MAX], [SigningRules#RULES_MAX] |
/// | name of a policy or rule | 64 characters | [Label#CHARACTERS_MAX] |
/// | description | 1,000 UTF-16 units | [VerificationPolicy#DESCRIPTION_CHARACTERS_MAX] |
/// | patterns in a rule | 64 | [NamePattern#LIST_MAX] |
/// | pattern | 255 bytes of UTF-8 | `ArtifactName.BYTES_MAX` |
/// | entries in a list | 64 | [Requirement#ENTRIES_MAX] |
/// | lists inside each other | 8 | [Requirement#DEPTH_MAX] |
/// | formats of one authority in a requirement | 16 | [Requirement.Signed#FORMATS_MAX] |
/// | parameters of one authority in a requirement | 64 | [Requirement.Stated#PARAMS_MAX] |
/// | requesters in a signing rule | 256 | [SigningRule#REQUESTERS_MAX] |
/// | formats in a signing rule | 64 | [SigningScope#FORMATS_MAX] |
/// | size of an artifact | 2^53 bytes | `Artifact.SIZE_BYTES_MAX` |
package dev.chancery.policy;
