// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.records;

import dev.chancery.cli.terminal.Shown;
import dev.chancery.core.Authority;
import dev.chancery.core.Bytes;
import dev.chancery.core.MalformedException;
import dev.chancery.entry.HashedRekord;
import dev.chancery.entry.KeyEntry;
import dev.chancery.entry.LogEntry;
import dev.chancery.entry.SignatureEntry;
import dev.chancery.json.Json;
import dev.chancery.json.JsonFields;
import dev.chancery.key.KeyId;
import dev.chancery.key.PublicKey;
import dev.chancery.tree.EntryBundle;
import dev.chancery.tree.TreeHash;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;

/// An entry of a log as a line. Of a log of others nothing is known but the bytes.
record EntryLine(long index, Bytes leaf, Optional<LogEntry> entry) {
    static EntryLine of(long index, Bytes leaf) {
        try {
            return new EntryLine(index, leaf, Optional.of(LogEntry.parse(leaf)));
        } catch (MalformedException e) {
            return new EntryLine(index, leaf, Optional.empty());
        }
    }

    /// Whose it is: Rekor's leaf has only the key, whose owner a keyring knows. Empty when nobody can tell.
    Optional<Authority> authority(Map<KeyId, Authority> owners) {
        return entry.flatMap(known -> switch (known) {
            case SignatureEntry signature -> Optional.of(signature.by().authority());
            case KeyEntry key -> Optional.of(key.owned().authority());
            case HashedRekord rekord -> Optional.ofNullable(owners.get(keyOf(rekord)));
        });
    }

    static KeyId keyOf(HashedRekord rekord) {
        return PublicKey.parse(rekord.publicKey().toArray()).id();
    }

    /// When it was made, where it says so.
    Optional<Instant> time() {
        return entry.flatMap(known -> switch (known) {
            case SignatureEntry signature -> Optional.of(signature.time());
            case KeyEntry key -> Optional.of(key.time());
            case HashedRekord rekord -> Optional.empty();
        });
    }

    String sentence(Map<KeyId, Authority> owners) {
        String who = authority(owners).map(Authority::name).orElse("?");
        String what = entry.map(known -> switch (known) {
                    case SignatureEntry signature ->
                        "%s %s  %s  key %s"
                                .formatted(
                                        who,
                                        signature.by().format(),
                                        Shown.plain(signature
                                                .signed()
                                                .artifact()
                                                .name()
                                                .text()),
                                        signature.by().key().abbreviated());
                    case KeyEntry key ->
                        "%s %s  key %s %s"
                                .formatted(
                                        who,
                                        key.owned().format(),
                                        key.owned().key().abbreviated(),
                                        key.event().label());
                    case HashedRekord rekord ->
                        "%s %s  %s:%s  key %s"
                                .formatted(
                                        who,
                                        rekord.kind(),
                                        rekord.digest().algorithm().label(),
                                        rekord.digest().hex(),
                                        keyOf(rekord).abbreviated());
                })
                .orElseGet(() ->
                        "? leaf " + HexFormat.of().formatHex(TreeHash.leaf(leaf).toArray()));
        return "%d  %s  %s".formatted(index, time().map(Instant::toString).orElse("-"), what);
    }

    Json json(Map<KeyId, Authority> owners) {
        var fields = new JsonFields().put("index", index);
        authority(owners).ifPresent(known -> fields.put("authority", known.name()));
        return entry.isPresent()
                ? fields.put(
                                "entry",
                                Json.parse(leaf, "log entry", EntryBundle.ENTRY_BYTES_MAX)
                                        .json())
                        .toJson()
                : fields.put("leaf", Base64.getEncoder().encodeToString(leaf.toArray()))
                        .toJson();
    }
}
