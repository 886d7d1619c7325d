// SPDX-License-Identifier: Apache-2.0
package dev.chancery.enclave.doors;

import dev.chancery.core.ArtifactName;
import dev.chancery.core.DigestAlgorithm;
import dev.chancery.core.Encoding;
import dev.chancery.core.MalformedException;
import dev.chancery.core.RefusedException;
import dev.chancery.core.Requester;
import dev.chancery.enclave.Asker;
import dev.chancery.enclave.Engine;
import dev.chancery.formats.Formats;
import dev.chancery.hashing.ContentPass;
import dev.chancery.hashing.Hashes;
import dev.chancery.hashing.Measure;
import dev.chancery.hashing.Measured;
import dev.chancery.protocol.SigningRequest;
import java.security.SecureRandom;
import java.util.Set;

/// The stream is the content: it is measured while it comes, and not kept.
record ContentTask(Engine engine, Formats formats, Reading reading, Wanted wanted) implements StreamTask {
    /// What the stream is read with: the hashes, and randomness for what is hashed before it.
    record Reading(Hashes hashes, SecureRandom random) {}

    /// What the door signs.
    record Wanted(SigningRequest.Target target, Encoding encoding) {}

    @Override
    public byte[] answer(Connection connection, Requester peer, ArtifactName name) {
        var asker = new Asker(peer);
        Measured content = new ContentPass(reading.hashes()).measure(connection, measures(asker));
        if (content.size() == 0) {
            throw new MalformedException("the stream is empty: most likely something went wrong before it");
        }
        connection.expectMore(false); // a slow key is not the other side's silence
        var request = new SigningRequest(wanted.target(), wanted.encoding(), name, content);
        return engine.sign(asker, request).bytes().toArray();
    }

    /// What the key that would sign needs. Where none can, or the peer may not ask, the engine will say so,
    /// for the record.
    private Set<Measure> measures(Asker asker) {
        try {
            var scheme = engine.choose(wanted.target()).publicKey().scheme();
            var salt = engine.salt(asker, wanted.target(), reading.random());
            return formats.get(wanted.target().format()).signing().measures(scheme, wanted.encoding(), salt);
        } catch (RefusedException no) {
            return Set.of(Measure.digest(DigestAlgorithm.SHA256));
        }
    }
}
