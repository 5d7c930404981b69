"""Two documents under a password, in the two ways that agencies use: Word's own encryption, and a PDF's.

Both really open with the password; salts and keys come from the sample's name, so that the bytes are always the same.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import struct
from io import BytesIO
from itertools import pairwise

import pikepdf
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PASSWORD = "fictional-password"  # noqa: S105 - of a sample that is meant to be opened by nobody
_SPINS = 100_000
_SECTOR = 512
_BLOCKS = {
    "verifierInput": b"\xfe\xa7\xd2\x76\x3b\x4b\x9e\x79",
    "verifierValue": b"\xd7\xaa\x0f\x6d\x30\x61\x34\x4e",
    "keyValue": b"\x14\x6e\x0b\xe7\xab\xac\xd0\xd6",
    "hmacKey": b"\x5f\xb2\xad\x01\x0c\xb9\xe1\xf6",
    "hmacValue": b"\xa0\x67\x7f\x02\xb2\x2c\x84\x33",
}


def locked_pdf(pdf: bytes) -> bytes:
    """The PDF under the password (RC4, 128 bit: the one method of the format that gives the same bytes every time)."""
    out = BytesIO()
    with pikepdf.open(BytesIO(pdf)) as document:
        document.save(
            out,
            static_id=True,
            encryption=pikepdf.Encryption(user=PASSWORD, owner=PASSWORD, R=3, aes=False, metadata=False),
        )
    return out.getvalue()


def locked_docx(package: bytes) -> bytes:
    """The Word file under the password, as Word 2013 and later do it (MS-OFFCRYPTO, agile encryption)."""
    salt, data_salt, key = _seed("password salt", 16), _seed("data salt", 16), _seed("key", 32)
    encrypted = _encrypted_package(package, key, data_salt)
    hmac_key = _seed("hmac key", 64)
    verifier = _seed("verifier", 16)
    secret = _password_hash(salt)
    values = {
        "verifierInput": _aes(_derived(secret, "verifierInput"), salt, verifier),
        "verifierValue": _aes(_derived(secret, "verifierValue"), salt, hashlib.sha512(verifier).digest()),
        "keyValue": _aes(_derived(secret, "keyValue"), salt, key),
        "hmacKey": _aes(key, _vector(data_salt, _BLOCKS["hmacKey"]), hmac_key),
        "hmacValue": _aes(
            key, _vector(data_salt, _BLOCKS["hmacValue"]), hmac.new(hmac_key, encrypted, hashlib.sha512).digest()
        ),
    }
    info = struct.pack("<HHI", 4, 4, 0x40) + _info(salt, data_salt, values).encode("utf-8")
    return _compound((("EncryptionInfo", info), ("EncryptedPackage", encrypted)))


def _encrypted_package(package: bytes, key: bytes, salt: bytes) -> bytes:
    blocks = [package[start : start + 4096] for start in range(0, len(package), 4096)]
    done = [_aes(key, _vector(salt, struct.pack("<I", number)), block) for number, block in enumerate(blocks)]
    return struct.pack("<Q", len(package)) + b"".join(done)


def _password_hash(salt: bytes) -> bytes:
    digest = hashlib.sha512(salt + PASSWORD.encode("utf-16-le")).digest()
    for number in range(_SPINS):
        digest = hashlib.sha512(struct.pack("<I", number) + digest).digest()
    return digest


def _derived(secret: bytes, what: str) -> bytes:
    return hashlib.sha512(secret + _BLOCKS[what]).digest()[:32]


def _vector(salt: bytes, block: bytes) -> bytes:
    return hashlib.sha512(salt + block).digest()[:16]


def _aes(key: bytes, vector: bytes, data: bytes) -> bytes:
    padded = data.ljust(-(-len(data) // 16) * 16, b"\x00")
    worker = Cipher(algorithms.AES(key), modes.CBC(vector)).encryptor()
    return worker.update(padded) + worker.finalize()


def _seed(what: str, length: int) -> bytes:
    return hashlib.shake_256(f"practice review samples: {what}".encode()).digest(length)


def _info(salt: bytes, data_salt: bytes, values: dict[str, bytes]) -> str:
    text = {name: base64.b64encode(value).decode("ascii") for name, value in values.items()}
    how = (
        'blockSize="16" keyBits="256" hashSize="64" cipherAlgorithm="AES" '
        'cipherChaining="ChainingModeCBC" hashAlgorithm="SHA512"'
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
        '<encryption xmlns="http://schemas.microsoft.com/office/2006/encryption" '
        'xmlns:p="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<keyData saltSize="16" {how} saltValue="{base64.b64encode(data_salt).decode("ascii")}"/>'
        f'<dataIntegrity encryptedHmacKey="{text["hmacKey"]}" encryptedHmacValue="{text["hmacValue"]}"/>'
        '<keyEncryptors><keyEncryptor uri="http://schemas.microsoft.com/office/2006/keyEncryptor/password">'
        f'<p:encryptedKey spinCount="{_SPINS}" saltSize="16" {how} '
        f'saltValue="{base64.b64encode(salt).decode("ascii")}" '
        f'encryptedVerifierHashInput="{text["verifierInput"]}" encryptedVerifierHashValue="{text["verifierValue"]}" '
        f'encryptedKeyValue="{text["keyValue"]}"/></keyEncryptor></keyEncryptors></encryption>'
    )


def _compound(streams: tuple[tuple[str, bytes], ...]) -> bytes:
    """A compound file (MS-CFB, version 3) with these streams, in the order of their names' lengths.

    A stream below 4,096 bytes would have to lie in a file within the file; it is filled up with spaces instead.
    """
    chains, sectors, starts = [-3], [], []  # sector 0 is the allocation table; sector 1 the directory
    chains.append(-2)
    for _, data in streams:
        padded = data.ljust(max(4096, -(-len(data) // _SECTOR) * _SECTOR), b" ")
        first, count = len(chains), len(padded) // _SECTOR
        starts.append((first, len(padded) if len(data) < 4096 else len(data)))
        chains += [following for _, following in pairwise(range(first, first + count))] + [-2]
        sectors += [padded[start : start + _SECTOR] for start in range(0, len(padded), _SECTOR)]
    if len(chains) > _SECTOR // 4:
        raise ValueError("too much for one sector of the allocation table")
    table = b"".join(struct.pack("<i", one) for one in chains).ljust(_SECTOR, b"\xff")
    entries = [_entry("Root Entry", 5, (-1, -1, 1), (-2, 0))]
    for number, ((name, _), placed) in enumerate(zip(streams, starts, strict=True)):
        right = number + 2 if number + 1 < len(streams) else -1
        entries.append(_entry(name, 2, (-1, right, -1), placed))
    directory = b"".join(entries).ljust(_SECTOR, b"\x00")
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIiIIiIiI", 0, 1, 1, 0, 4096, -2, 0, -2, 0) + struct.pack("<i", 0)
    return head.ljust(_SECTOR, b"\xff") + table + directory + b"".join(sectors)


def _entry(name: str, kind: int, links: tuple[int, int, int], placed: tuple[int, int]) -> bytes:
    raw = name.encode("utf-16-le") + b"\x00\x00"
    return (
        raw.ljust(64, b"\x00")
        + struct.pack("<HBBiii", len(raw), kind, 1, *links)
        + bytes(36)
        + struct.pack("<iQ", *placed)
    )
