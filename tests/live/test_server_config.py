"""The configuration of the media server says what this installation is, and nothing else."""

import pytest
from django.core.management import CommandError, call_command

from zhupei.live import hooks, server_config
from zhupei.live.server_config import Unfit, Where

MODULE = "/usr/lib/nginx/modules/ngx_rtmp_module.so"


def where(folder, **said) -> Where:
    return Where(
        folder,
        **({"application": "http://127.0.0.1:8000", "public": "https://zp.example.org"} | said),
        module=MODULE,
    )


def test_every_word_is_filled_in(tmp_path):
    path = server_config.write(where(tmp_path, rtmp_port=1936, hls_port=8188, listen="10.1.2.3"))

    text = path.read_text()
    assert "@" not in text
    assert "listen 10.1.2.3:1936;" in text
    assert "listen 10.1.2.3:8188;" in text
    assert "listen 127.0.0.1:8089;" in text  # what the server asks never leaves the machine
    assert f"hls_path {tmp_path}/hls;" in text
    assert "proxy_pass http://127.0.0.1:8000/live/server/publish/;" in text
    assert 'Access-Control-Allow-Origin "https://zp.example.org"' in text
    assert (tmp_path / "hls").is_dir()


def test_the_secret_is_for_the_servers_own_eyes(tmp_path):
    path = server_config.write(where(tmp_path))

    kept = tmp_path / "application.conf"
    assert hooks.secret() in kept.read_text()
    assert "proxy_set_header Host zp.example.org;" in kept.read_text()
    assert "X-Forwarded-Proto https;" in kept.read_text()
    assert hooks.secret() not in path.read_text()
    assert {one.stat().st_mode & 0o777 for one in (kept, path)} == {0o600}
    assert tmp_path.stat().st_mode & 0o777 == 0o700


def test_writing_again_replaces_it(tmp_path):
    server_config.write(where(tmp_path))

    assert (
        "listen 127.0.0.1:2935;" in server_config.write(where(tmp_path, rtmp_port=2935)).read_text()
    )


@pytest.mark.parametrize(
    "said",
    [
        {"rtmp_port": 80},
        {"rtmp_port": 8088},
        {"hls_port": 70000},
        {"application": "127.0.0.1:8000"},
        {"application": "file:///etc/passwd"},
        {"public": "https://a.cn;}"},
        {"listen": "10.1.2.3; deny all"},
        {"user": "root; daemon off"},
    ],
)
def test_what_nginx_would_read_otherwise_is_refused(tmp_path, said):
    with pytest.raises(Unfit):
        server_config.write(where(tmp_path, **said))


def test_a_machine_without_the_module_is_told_what_to_install(tmp_path, monkeypatch):
    monkeypatch.setattr(server_config, "MODULES", ())

    with pytest.raises(CommandError, match="libnginx-mod-rtmp"):
        call_command("live_config", folder=tmp_path)


def test_the_command_says_how_to_go_on(tmp_path, capsys):
    call_command("live_config", folder=tmp_path, module=MODULE, rtmp_port=1999)

    said = capsys.readouterr().out
    assert f"nginx -p {tmp_path} -c {tmp_path}/nginx.conf" in said
    assert "ZHUPEI_LIVE_RTMP_URL=rtmp://127.0.0.1:1999/room" in said
