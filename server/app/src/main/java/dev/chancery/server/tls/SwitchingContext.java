// SPDX-License-Identifier: Apache-2.0
package dev.chancery.server.tls;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.function.Supplier;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import org.jspecify.annotations.Nullable;

/// An `SSLContext` that asks for the current one at each connection, and sets what every connection has:
/// versions, suites, and whether a client is asked for a certificate. It can do what a server needs that lays
/// TLS over a socket, and nothing else.
final class SwitchingContext extends SSLContext {
    private static final String[] VERSIONS = {"TLSv1.3", "TLSv1.2"};

    SwitchingContext(Supplier<SSLContext> current, boolean asksClients) {
        super(new Spi(current, asksClients), current.get().getProvider(), "TLS");
    }

    private static SSLParameters parameters(SSLContext context, boolean asksClients) {
        SSLParameters parameters = context.getSupportedSSLParameters();
        parameters.setProtocols(VERSIONS);
        parameters.setCipherSuites(Arrays.stream(parameters.getCipherSuites())
                .filter(SwitchingContext::isGood)
                .toArray(String[]::new));
        parameters.setUseCipherSuitesOrder(true);
        parameters.setWantClientAuth(asksClients);
        return parameters;
    }

    /// RFC 9325, section 4.2: forward secrecy, and encryption that authenticates.
    private static boolean isGood(String suite) {
        boolean tls13 = suite.startsWith("TLS_AES_") || suite.startsWith("TLS_CHACHA20_");
        boolean authenticates = suite.contains("_GCM_") || suite.contains("_CHACHA20_POLY1305_");
        return tls13 || (suite.startsWith("TLS_ECDHE_") && authenticates);
    }

    private static final class Spi extends SSLContextSpi {
        private final Supplier<SSLContext> current;
        private final boolean asksClients;

        private Spi(Supplier<SSLContext> current, boolean asksClients) {
            this.current = current;
            this.asksClients = asksClients;
        }

        @Override
        protected SSLSocketFactory engineGetSocketFactory() {
            return new Factory(current, asksClients);
        }

        @Override
        protected SSLParameters engineGetDefaultSSLParameters() {
            return parameters(current.get(), asksClients);
        }

        @Override
        protected SSLParameters engineGetSupportedSSLParameters() {
            return parameters(current.get(), asksClients);
        }

        @Override
        protected SSLEngine engineCreateSSLEngine() {
            SSLEngine engine = current.get().createSSLEngine();
            engine.setUseClientMode(false);
            engine.setSSLParameters(parameters(current.get(), asksClients));
            return engine;
        }

        @Override
        protected SSLEngine engineCreateSSLEngine(String host, int port) {
            return engineCreateSSLEngine();
        }

        @Override
        protected SSLSessionContext engineGetServerSessionContext() {
            return current.get().getServerSessionContext();
        }

        @Override
        protected SSLSessionContext engineGetClientSessionContext() {
            return current.get().getClientSessionContext();
        }

        @Override
        protected SSLServerSocketFactory engineGetServerSocketFactory() {
            return current.get().getServerSocketFactory();
        }

        @Override
        protected void engineInit(
                KeyManager @Nullable [] keys, TrustManager @Nullable [] trust, @Nullable SecureRandom random) {
            throw new IllegalStateException("this context is made ready");
        }
    }

    private static final class Factory extends SSLSocketFactory {
        private final Supplier<SSLContext> current;
        private final boolean asksClients;

        private Factory(Supplier<SSLContext> current, boolean asksClients) {
            this.current = current;
            this.asksClients = asksClients;
        }

        /// The server's side of TLS over a socket that was accepted.
        @Override
        public Socket createSocket(Socket plain, @Nullable InputStream consumed, boolean autoClose) throws IOException {
            SSLContext context = current.get();
            var socket = (SSLSocket) context.getSocketFactory().createSocket(plain, consumed, autoClose);
            socket.setUseClientMode(false);
            socket.setSSLParameters(parameters(context, asksClients));
            return socket;
        }

        @Override
        public String[] getDefaultCipherSuites() {
            return parameters(current.get(), asksClients).getCipherSuites();
        }

        @Override
        public String[] getSupportedCipherSuites() {
            return getDefaultCipherSuites();
        }

        @Override
        public Socket createSocket(Socket plain, String host, int port, boolean autoClose) throws IOException {
            throw clientsOnly();
        }

        @Override
        public Socket createSocket(String host, int port) throws IOException {
            throw clientsOnly();
        }

        @Override
        public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
            throw clientsOnly();
        }

        @Override
        public Socket createSocket(InetAddress host, int port) throws IOException {
            throw clientsOnly();
        }

        @Override
        public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
            throw clientsOnly();
        }

        private static IOException clientsOnly() {
            return new IOException("this side of TLS does not connect to others");
        }
    }
}
