// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.cli.signing.PublicKeys;
import dev.chancery.cli.terminal.HintedException;
import dev.chancery.core.MalformedException;
import dev.chancery.core.UnavailableException;
import dev.chancery.files.KeyringDirectory;
import dev.chancery.formats.Formats;
import dev.chancery.key.Key;

/// The keyring that a server gives out. Whoever answers in its place has a keyring, too: this is worth what
/// the connection is.
record ServerKeys(ServerClient client, Formats formats) implements PublicKeys {
    @Override
    public void requirePublished(Key key) {
        var format = formats.get(key.format());
        String file = key.authority() + format.description().publicKeys().suffix();
        var reply = client.get("/v1/keyring/" + file);
        if (reply.status() != HttpReply.OK && reply.status() != HttpReply.NOT_FOUND) {
            throw ProblemDocument.of(reply, client.address()).error();
        }
        if (reply.status() == HttpReply.NOT_FOUND || !publishes(key, reply)) {
            throw new HintedException(
                    new UnavailableException("key %s of %s is not in the keyring of server %s"
                            .formatted(key.id(), key.authority(), client.address())),
                    "whoever runs the server knows why; --keyring names a keyring of your own");
        }
    }

    private boolean publishes(Key key, HttpReply reply) {
        try {
            return reply.body().length() <= KeyringDirectory.FILE_BYTES_MAX
                    && formats.get(key.format()).verifying().publishes(reply.body(), key);
        } catch (MalformedException e) {
            throw new UnavailableException(
                    "server %s has a public key file that is not right: %s".formatted(client.address(), e.sentence()),
                    e);
        }
    }
}
