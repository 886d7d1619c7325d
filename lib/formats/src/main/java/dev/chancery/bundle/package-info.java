// SPDX-License-Identifier: Apache-2.0
/// The Sigstore bundle, version 0.3 (sigstore/protobuf-specs, `sigstore_bundle.proto`, in the JSON form of
/// Protocol Buffers), with a plain key: what the formats `sigstore` and `statement` are written in.
///
/// One JSON document on one line, in this order and with nothing else:
///
/// | field | value |
/// |---|---|
/// | `mediaType` | `application/vnd.dev.sigstore.bundle.v0.3+json` |
/// | `verificationMaterial.publicKey.hint` | what the format says of its key |
/// | `verificationMaterial.tlogEntries` | absent, or after logging the entry of a log ([Bundle#logged]) |
/// | `messageSignature` or `dsseEnvelope` | [MessageSignature] or [Envelope] |
///
/// Reading takes what cosign writes as well: the older spelling
/// `application/vnd.dev.sigstore.bundle+json;version=0.3`, a hint that is anything or absent, and log entries
/// (at most 32 objects, which are kept) and time stamps (which are not), which are **not looked at**: the key
/// alone speaks, and `dev.chancery.log` has what checks a log's entry. An unknown field makes the bundle
/// malformed, as it does for every client of Sigstore. A bundle has at most `Signature.BYTES_MAX` bytes.
package dev.chancery.bundle;
