from setuptools import find_packages, setup

TESTS = ["pytest>=8", "mock"]

setup(
    name="old-tool",
    packages=find_packages(),
    install_requires=[
        "requests>=2,<3",  # web
        'enum34; python_version < "3.4"',
    ],
    extras_require={"test": TESTS, "docs": ["sphinx"]},
    setup_requires=["wheel"],
)
