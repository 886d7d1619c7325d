// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.auth;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Who showed a client certificate in the handshake, which has verified that it leads to a configured
/// authority.
///
/// What can change since the handshake, or what it does not demand, is looked at for each request: the
/// certificate's time (a connection may outlive it), and that it is for clients and no authority's.
record CertificateCallers(List<CertificateRule> rules) {
    private static final String CLIENT_AUTH = "1.3.6.1.5.5.7.3.2";

    CertificateCallers {
        rules = List.copyOf(rules);
    }

    Verdict judge(X509Certificate certificate, Instant now) {
        var time = Date.from(now);
        if (time.before(certificate.getNotBefore()) || time.after(certificate.getNotAfter())) {
            return new Verdict.Rejected("the client certificate is not within its time");
        }
        if (certificate.getBasicConstraints() >= 0) {
            return new Verdict.Rejected("the client certificate is that of an authority");
        }
        try {
            List<String> usage = certificate.getExtendedKeyUsage();
            if (usage == null || !usage.contains(CLIENT_AUTH)) {
                return new Verdict.Rejected("the client certificate does not say that it is for clients");
            }
            return judge(names(certificate));
        } catch (CertificateParsingException e) {
            return new Verdict.Rejected("the client certificate has an extension that is not well formed");
        }
    }

    private Verdict judge(Set<List<Object>> names) {
        var fitting = new ArrayList<CertificateRule>();
        for (CertificateRule rule : rules) {
            if (names.contains(List.of(rule.san().kind().tag(), rule.san().value()))) {
                fitting.add(rule);
            }
        }
        if (fitting.size() != 1) {
            return new Verdict.Rejected("%d rules fit the client certificate, not one".formatted(fitting.size()));
        }
        CertificateRule rule = fitting.getFirst();
        return new Verdict.Accepted(
                new Caller.Known(Caller.How.CERT.requester(rule.requester().text()), rule.scopes(), Caller.How.CERT));
    }

    private static Set<List<Object>> names(X509Certificate certificate) throws CertificateParsingException {
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        var found = new HashSet<List<Object>>();
        if (names != null) {
            for (List<?> name : names) {
                found.add(List.copyOf(name));
            }
        }
        return found;
    }
}
