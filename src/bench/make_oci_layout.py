#!/usr/bin/env python3
"""Makes an OCI layout with gzip layers of an archive of `docker save` with plain ones.

    make_oci_layout.py image.tar FOLDER
"""

import hashlib
import json
import os
import sys
import tarfile
import zlib
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

CHUNK = 1 << 20


def pack(archive, offset, size, blobs):
    """Writes a layer as gzip; answers digest of the packed and of the plain layer, packed size."""
    plain, packed, written = hashlib.sha256(), hashlib.sha256(), 0
    part = Path(blobs, f".{offset}.part")
    deflate = zlib.compressobj(6, zlib.DEFLATED, 31)
    with open(archive, "rb") as source, open(part, "wb") as out:
        source.seek(offset)
        left = size
        while True:
            chunk = source.read(min(CHUNK, left))
            left -= len(chunk)
            plain.update(chunk)
            data = deflate.compress(chunk) if chunk else deflate.flush()
            packed.update(data)
            out.write(data)
            written += len(data)
            if not chunk:
                break
    part.rename(Path(blobs, packed.hexdigest()))
    return packed.hexdigest(), plain.hexdigest(), written


def blob(blobs, content):
    digest = hashlib.sha256(content).hexdigest()
    Path(blobs, digest).write_bytes(content)
    return {"digest": f"sha256:{digest}", "size": len(content)}


def main(archive, folder):
    blobs = Path(folder, "blobs", "sha256")
    blobs.mkdir(parents=True, exist_ok=True)
    with tarfile.open(archive) as tar:
        members = {member.name: member for member in tar}

        def file(name):
            member = members[name]
            while member.issym():
                member = members[os.path.normpath(os.path.join(os.path.dirname(member.name), member.linkname))]
            return member

        manifest = json.load(tar.extractfile("manifest.json"))[0]
        config = tar.extractfile(file(manifest["Config"])).read()
    layers = [file(name) for name in manifest["Layers"]]
    with ProcessPoolExecutor() as pool:
        jobs = [pool.submit(pack, archive, m.offset_data, m.size, str(blobs)) for m in layers]
        packed = [job.result() for job in jobs]
    diff_ids = json.loads(config)["rootfs"]["diff_ids"]
    assert [f"sha256:{plain}" for _, plain, _ in packed] == diff_ids
    image = {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.manifest.v1+json",
        "config": {"mediaType": "application/vnd.oci.image.config.v1+json", **blob(blobs, config)},
        "layers": [
            {"mediaType": "application/vnd.oci.image.layer.v1.tar+gzip", "digest": f"sha256:{digest}", "size": size}
            for digest, _, size in packed
        ],
    }
    descriptor = {"mediaType": image["mediaType"], **blob(blobs, json.dumps(image).encode())}
    index = {"schemaVersion": 2, "manifests": [descriptor]}
    Path(folder, "index.json").write_text(json.dumps(index))
    Path(folder, "oci-layout").write_text('{"imageLayoutVersion": "1.0.0"}')


if __name__ == "__main__":
    main(*sys.argv[1:])
