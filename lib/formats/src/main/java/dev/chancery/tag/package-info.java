// SPDX-License-Identifier: Apache-2.0
/// `tag`: a short text and the signatures of several authorities over it, in one file that `sed`, `base64`
/// and `openssl` take apart. It is the file of stags, with its faults closed.
///
/// ```
/// file    = payload *block
/// payload = name-line 1*line              ; what is signed, byte for byte
/// name-line = "tag: " name LF
/// block   = "=== SIGNATURE " authority LF 1*( base64 LF )
/// ```
///
/// ```
/// tag: bundle
/// job: 42
/// === SIGNATURE qa
/// MEUCIQCjsZAVeU1kUg1Q3CVLnwbHBkhL3Nd7d59wateeW4bz1QIgHR7SD5ZLET+KJuHghLiBw8K5
/// W4NHz1ekPY+Baz7YXHE=
/// ```
///
/// The **payload** ([TagPayload]) is UTF-8 text of at most 64 KiB and 2,000 lines. It ends with a line feed
/// and holds no control character but line feed and tab (so no carriage return), no line or paragraph
/// separator, no byte order mark and nothing that turns the direction of writing. No line of it resembles the
/// head of a signature: what is left of the line without white space and characters that do not show begins
/// with `===SIGNATURE` in any case. So wherever a reader cuts, he cuts at the same place.
///
/// The **name** ([TagName]) is part of what is signed. Else whoever can write the place where tags lie could
/// put the signed tag of yesterday under the name of today. No other line begins with `tag:`, and the text
/// behind the name line is not empty. A payload without a name line, as stags signs it, is read and verified
/// where that is asked for, and never signed here.
///
/// A **block** is one authority's; the name in its head only says which keys to try, so a block with `qa` in
/// its head counts if a key of `qa` made it, and never for anybody else. Two blocks of one authority make the
/// file malformed, and so do a head that names no possible authority, anything else between blocks, and more
/// than 100 of them. We write lines of 76 characters, as base64(1) does; any length is read. Base64 has its
/// padding and no bit that does not count (RFC 4648, section 3.5).
///
/// | key | signature over the payload | stock command |
/// |---|---|---|
/// | `ecdsa-p256` | ECDSA with SHA-256, a DER `Ecdsa-Sig-Value` | `openssl dgst -sha256 -verify K.tag.pem -signature S
/// P` |
/// | `rsa-4096`, `rsa-3072` | RSA PKCS #1 v1.5 with SHA-256 | the same |
///
/// P-384 keys and RSA keys from 2048 bits are taken from others. A public key file ([TagKeys]) is PEM blocks
/// `PUBLIC KEY`, at most 100; certificates beside them, which `openssl x509 -pubkey` leaves there, are passed
/// over and say nothing.
///
/// The signed bytes are the payload alone, so over one content a `tag`, a `raw` and a `sigstore` signature
/// are the same bytes by nature: who may have any file signed `raw` could have a tag signed, were it not that
/// a key is bound to one format when it is made, and that a keyring refuses a key which stands in two.
///
/// A signature tells no time, and nothing says which of two tags of one name is the newer.
package dev.chancery.tag;
