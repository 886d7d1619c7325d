// SPDX-License-Identifier: Apache-2.0
package dev.chancery.cli.remote;

import dev.chancery.cli.terminal.UsageException;
import dev.chancery.core.Quoted;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/// Where a server is: `https://chancery.example.com:8472`, without a path. Plain `http` leads to this machine
/// only: a credential goes there with every request.
record ServerAddress(URI base) {
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[::1]");

    /// A password in an address would stand in messages, process lists and logs.
    static ServerAddress parse(String text) {
        try {
            var address = new URI(text);
            if (isRight(address)) {
                return new ServerAddress(new URI(address.getScheme(), address.getRawAuthority(), null, null, null));
            }
        } catch (URISyntaxException notAnAddress) {
            // Falls through to the one sentence for every fault.
        }
        throw new UsageException(("server %s is not https://HOST[:PORT], or http:// with a host that is this machine"
                        + " (localhost, 127.0.0.1, [::1])")
                .formatted(Quoted.text(text)));
    }

    private static boolean isRight(URI address) {
        String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
        String host = address.getHost();
        boolean bare = String.valueOf(address.getRawPath()).matches("/?")
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
        return host != null
                && bare
                && (scheme.equals("https")
                        || (scheme.equals("http")
                                && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT))
                                        .matches()));
    }

    boolean isEncrypted() {
        return base.getScheme().equalsIgnoreCase("https");
    }

    /// A path of the API, which begins with `/`.
    URI at(String path) {
        return base.resolve(path);
    }

    @Override
    public String toString() {
        return Quoted.text(base.toString());
    }
}
