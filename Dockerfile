# Waymark in a container: `docker build -t waymark . && docker run -p 8000:8000 -v waymark:/data waymark`
# The model is trained while the image is built, so that a container is ready within seconds.

FROM python:3.10-slim-bookworm AS build
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3
WORKDIR /app
RUN python -m venv /opt/waymark
ENV PATH=/opt/waymark/bin:$PATH
COPY requirements/run.txt requirements/run.txt
RUN pip install --no-deps --require-hashes -r requirements/run.txt
COPY . .
RUN pip install --no-deps --no-build-isolation --editable . && waymark knowledge index && waymark train

FROM python:3.10-slim-bookworm
ENV PATH=/opt/waymark/bin:$PATH RASA_TELEMETRY_ENABLED=false TF_CPP_MIN_LOG_LEVEL=3 PYTHONUNBUFFERED=1 \
    WAYMARK_HOST=0.0.0.0 WAYMARK_PORT=8000 WAYMARK_DATA=/data
RUN useradd --system --uid 10001 --create-home waymark && install -d -o waymark -g waymark /data
COPY --from=build /opt/waymark /opt/waymark
COPY --from=build --chown=waymark:waymark /app /app
WORKDIR /app
USER waymark
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s --retries=3 \
    CMD python -c "import os, urllib.request as u; u.urlopen(f'http://127.0.0.1:{os.environ[\"WAYMARK_PORT\"]}/api/health', timeout=4)"
CMD ["waymark", "run"]
