extension BundleTexts {
    var dockerfile: String {
        """
        # Built on the image that deploy/Dockerfile of Tickbook's sources makes. The container runs the cells, then serves.
        #   docker build -t \(name) . && docker run -p 127.0.0.1:\(port):\(port) -v \(name)-data:/bundle/data -v \(name)-models:/bundle/models \(name)
        FROM tickbook:\(version)
        WORKDIR /bundle
        COPY --chown=tickbook:tickbook . .
        RUN mkdir -p data models
        USER tickbook
        EXPOSE \(port)
        HEALTHCHECK --interval=10s --timeout=3s --start-period=10m CMD ["curl", "--fail", "--silent", "http://127.0.0.1:\(port)/health"]
        ENTRYPOINT ["./run"]
        CMD ["--host", "0.0.0.0", "--insecure"]

        """
    }

    var service: String {
        """
        # The bundle as a service of systemd: the folder is /opt/\(name), owned by the user tickbook; tickbook is in /usr/local/bin.
        #   cp \(name).service /etc/systemd/system/ && systemctl enable --now \(name)
        [Unit]
        Description=Tickbook bundle \(name)
        After=network-online.target
        Wants=network-online.target

        [Service]
        Type=exec
        User=tickbook
        WorkingDirectory=/opt/\(name)
        Environment=PATH=/usr/local/bin:/usr/bin:/bin
        ExecStart=/opt/\(name)/run --new-data
        Restart=on-failure
        RestartSec=30
        KillSignal=SIGTERM
        TimeoutStopSec=60
        NoNewPrivileges=yes
        ProtectSystem=strict
        ProtectHome=yes
        PrivateTmp=yes
        ReadWritePaths=/opt/\(name)

        [Install]
        WantedBy=multi-user.target

        """
    }

    var nginx: String {
        """
        # A site for nginx in front of the prediction server: /etc/nginx/sites-enabled/\(name).conf
        limit_req_zone $binary_remote_addr zone=\(name)_requests:10m rate=100r/s;

        upstream \(name)_servers {
            server 127.0.0.1:\(port) max_fails=1 fail_timeout=2s;
            keepalive 16;
        }

        server {
            listen 443 ssl;
            server_name _;
            ssl_certificate /etc/nginx/tls/certificate.pem;
            ssl_certificate_key /etc/nginx/tls/key.pem;
            ssl_protocols TLSv1.2 TLSv1.3;
            client_max_body_size 1m;

            location = /metrics {
                allow 127.0.0.1;
                deny all;
                proxy_pass http://\(name)_servers;
            }
            location / {
                limit_req zone=\(name)_requests burst=200 nodelay;
                proxy_pass http://\(name)_servers;
                proxy_http_version 1.1;
                proxy_set_header Connection "";
                proxy_set_header Host $host;
                proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                proxy_set_header X-Forwarded-Proto $scheme;
            }
        }

        """
    }
}
